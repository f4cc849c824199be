package dev.logintoken.server.key;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests which key signs, and which keys verify. */
final class KeySetTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final List<Key> source = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void aNewKeyVerifiesBeforeItSigns() {
        source.add(key("1", START.minusSeconds(9), Instant.MAX));
        source.add(key("2", START.plusSeconds(60), Instant.MAX));
        KeySet<String> keys = keys();
        assertThat(keys.signing()).isEqualTo("1");
        assertThat(keys.verifying("2")).contains("2");
        now = START.plusSeconds(60);
        assertThat(keys.signing()).isEqualTo("2");
        assertThat(keys.verifying("1")).contains("1");
    }

    @Test
    void aRetiredKeyVerifiesUntilItsEnd() {
        source.add(key("1", Instant.MIN, START.plusSeconds(1)));
        KeySet<String> keys = keys();
        assertThat(keys.verifying("1")).contains("1");
        now = START.plusSeconds(1);
        assertThat(keys.verifying("1")).isEmpty();
        assertThatThrownBy(keys::signing)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No key signs now.");
    }

    @Test
    void aKeyThatIsOverDoesNotSignThoughItBeganLast() {
        source.add(key("1", Instant.MIN, Instant.MAX));
        source.add(key("2", START, START));
        assertThat(keys().signing()).isEqualTo("1");
    }

    @Test
    void aClockThatIsBehindSignsWithTheFirstKey() {
        source.add(key("2", START.plusSeconds(20), Instant.MAX));
        source.add(key("1", START.plusSeconds(10), Instant.MAX));
        assertThat(keys().signing()).isEqualTo("1");
    }

    @Test
    void ofTwoThatBeganTogetherTheLaterInOrderSigns() {
        source.add(key("1", Instant.MIN, Instant.MAX));
        source.add(key("2", Instant.MIN, Instant.MAX));
        assertThat(keys().signing()).isEqualTo("2");
    }

    @Test
    void anUnknownIdIsReasonToReadOnceASecond() throws InterruptedException {
        source.add(key("1", Instant.MIN, Instant.MAX));
        KeySet<String> keys = keys();
        source.add(key("2", START.plusSeconds(60), Instant.MAX));
        assertThat(keys.verifying("2")).isEmpty();
        Thread.sleep(Duration.ofMillis(1100).toMillis());
        IntStream.range(0, 100)
                .parallel()
                .forEach(i -> assertThat(keys.verifying("2")).contains("2"));
        assertThat(reads).hasValue(2);
        IntStream.range(0, 100)
                .parallel()
                .forEach(i -> assertThat(keys.verifying("3")).isEmpty());
        assertThat(reads).hasValue(2);
    }

    @Test
    void keysThatCannotBeReadLeaveThoseThatAreKnown() throws InterruptedException {
        source.add(key("1", Instant.MIN, Instant.MAX));
        KeySet<String> keys = new KeySet<>(
                () -> {
                    if (reads.incrementAndGet() > 1) {
                        throw new InvalidKeysException("broken");
                    }
                    return List.copyOf(source);
                },
                Key::id,
                clock);
        assertThatThrownBy(keys::reload).isInstanceOf(InvalidKeysException.class);
        Thread.sleep(Duration.ofMillis(1100).toMillis());
        assertThat(keys.verifying("2")).isEmpty();
        assertThat(reads).hasValue(3);
        assertThat(keys.signing()).isEqualTo("1");
    }

    private KeySet<String> keys() {
        return new KeySet<>(
                () -> {
                    reads.incrementAndGet();
                    return List.copyOf(source);
                },
                Key::id,
                clock);
    }

    private static Key key(String id, Instant signsFrom, Instant verifiesUntil) {
        return new Key(id, new byte[Key.LENGTH], signsFrom, verifiesUntil);
    }
}
