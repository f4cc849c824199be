package dev.logintoken.server.key;

import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests the keys in the database, which the nodes share. */
final class DatabaseKeysTest {

    private final TestSandbox sandbox = new TestSandbox();
    private final WrappedKeys kept = new WrappedKeys(sandbox.database());
    private final Administration operator = new Administration(sandbox.database(), sandbox.clock(), "somebody");
    private final DatabaseKeys keys = node(new byte[32]);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void nodesThatStartTogetherMakeOneKeyForEachPurpose() {
        List<DatabaseKeys> nodes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> node(new byte[32]))
                .toList();
        for (Purpose purpose : Purpose.values()) {
            List<Key> first = nodes.get(0).read(purpose);
            assertThat(first).hasSize(1);
            assertThat(first.get(0).id()).isEqualTo("1");
            assertThat(first.get(0).signsFrom()).isEqualTo(sandbox.now());
            assertThat(nodes)
                    .allSatisfy(node -> assertThat(node.read(purpose).get(0).secret())
                            .isEqualTo(first.get(0).secret()));
        }
        assertThat(keys.read(Purpose.JWT).get(0).secret())
                .isNotEqualTo(keys.read(Purpose.LOGIN_TOKEN).get(0).secret());
    }

    @Test
    void aRotationGivesTheNewKeyAMinuteAndTheOldOneAWeekMore() {
        assertThat(keys.rotate(Purpose.JWT, operator)).isEqualTo(2);
        List<Key> read = keys.read(Purpose.JWT);
        assertThat(read).extracting(Key::id).containsExactly("1", "2");
        Instant change = sandbox.now().plus(Duration.ofMinutes(1));
        assertThat(read.get(1).signsFrom()).isEqualTo(change);
        assertThat(read.get(1).verifiesUntil()).isEqualTo(Instant.MAX);
        assertThat(read.get(0).verifiesUntil()).isEqualTo(change.plus(Duration.ofDays(7)));
        assertThat(keys.read(Purpose.LOGIN_TOKEN)).hasSize(1);
        String told = sandbox.database()
                .query(handle -> handle.select("select actor || ': ' || action from audit")
                        .mapTo(String.class)
                        .one());
        assertThat(told).isEqualTo("somebody: rotate key JWT");
    }

    @Test
    void aReplacementEndsTheOthersAtOnceEvenThoseThatHaveNotBegun() {
        keys.rotate(Purpose.JWT, operator);
        assertThat(keys.replace(Purpose.JWT, operator)).isEqualTo(3);
        KeySet<String> set = new KeySet<>(() -> keys.read(Purpose.JWT), Key::id, sandbox.clock());
        assertThat(set.signing()).isEqualTo("3");
        assertThat(set.verifying("1")).isEmpty();
        sandbox.pass(Duration.ofMinutes(2));
        assertThat(set.signing()).isEqualTo("3");
        assertThat(set.verifying("2")).isEmpty();
    }

    @Test
    void anEarlierEndIsNotPutOff() {
        keys.rotate(Purpose.JWT, operator);
        Instant end = keys.read(Purpose.JWT).get(0).verifiesUntil();
        sandbox.pass(Duration.ofDays(1));
        keys.rotate(Purpose.JWT, operator);
        assertThat(keys.read(Purpose.JWT).get(0).verifiesUntil()).isEqualTo(end);
    }

    @Test
    void idsGoRoundAndKeysThatAreOverAreForgotten() {
        for (int i = 0; i < 300; i++) {
            int id = keys.rotate(Purpose.LOGIN_TOKEN, operator);
            assertThat(id).isEqualTo((i + 2) % 256);
            sandbox.pass(Duration.ofDays(4));
        }
        assertThat(keys.read(Purpose.LOGIN_TOKEN)).hasSize(3);
    }

    @Test
    void anotherMasterKeyOpensNothing() {
        byte[] other = new byte[32];
        other[31] = 1;
        DatabaseKeys stranger = node(other);
        assertThatThrownBy(() -> stranger.read(Purpose.JWT))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessage("logintoken.keys.master does not open the key JWT 1 in the database: set the master key"
                        + " that the other nodes have.");
    }

    @Test
    void noRowPassesForAnother() {
        sandbox.database()
                .query(handle -> handle.execute("update signing_key set wrapped = (select wrapped"
                        + " from signing_key where purpose = 'JWT') where purpose = 'LOGIN_TOKEN'"));
        assertThatThrownBy(() -> keys.read(Purpose.LOGIN_TOKEN)).isInstanceOf(InvalidKeysException.class);
        sandbox.database().query(handle -> handle.execute("update signing_key set id = 7 where purpose = 'JWT'"));
        assertThatThrownBy(() -> keys.read(Purpose.JWT)).isInstanceOf(InvalidKeysException.class);
    }

    @Test
    void whatIsKeptIsNotTheKey() {
        byte[] secret = keys.read(Purpose.JWT).get(0).secret();
        WrappedKeys.Row row = kept.of("JWT").get(0);
        assertThat(row.wrapped()).hasSize(12 + 32 + 16);
        assertThat(Arrays.toString(row.wrapped()))
                .doesNotContain(Arrays.toString(secret).replaceAll("[\\[\\]]", ""));
        assertThat(row.toString()).isEqualTo("Row[1]");
    }

    private DatabaseKeys node(byte[] master) {
        DatabaseKeys keys = new DatabaseKeys(kept, new MasterKey(master), sandbox.clock());
        keys.makeFirst();
        return keys;
    }
}
