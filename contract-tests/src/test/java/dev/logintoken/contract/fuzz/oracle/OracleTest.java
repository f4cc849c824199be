package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.Contract;
import dev.logintoken.contract.fuzz.judge.Contract.Operation;
import dev.logintoken.contract.fuzz.judge.Outcome;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.World.Client;
import dev.logintoken.contract.fuzz.oracle.World.Identifier;
import dev.logintoken.contract.fuzz.oracle.World.UserState;
import dev.logintoken.contract.spec.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The oracle knows the tables, and each operation has one. */
final class OracleTest {

    private static final Contract CONTRACT = new Contract(new Spec());
    private static final String IDENTIFIER = "a".repeat(36);

    private final World world = new World();
    private final Oracle oracle = new Oracle(world);

    OracleTest() {
        world.apiKeys().share("key", new Client("partner", false));
        world.users().own("user", UserState.ACTIVE);
        world.identifiers().share(IDENTIFIER, new Identifier("partner", Optional.of("user")));
    }

    private Set<Outcome> expect(String... headers) {
        Request request = Request.of(CONTRACT.operation("getLoginToken"));
        for (int i = 0; i < headers.length; i += 2) {
            request = request.plus(headers[i], headers[i + 1]);
        }
        return oracle.expect(request);
    }

    @Test
    void everyOperationHasATable() {
        assertThat(CONTRACT.operations()).extracting(Operation::id).isSubsetOf(Oracle.TABLES);
    }

    @Test
    void aKnownPartnerGetsATokenForAKnownUser() {
        assertThat(expect("X-Api-Key", "key", "User-Identifier", IDENTIFIER))
                .containsExactly(Outcome.success(200).with("uuid", "user"));
    }

    @Test
    void aStrangerLearnsNothingOfTheUser() {
        assertThat(expect("X-Api-Key", "other", "User-Identifier", "short")).containsExactly(Outcome.refusal("ER805"));
    }

    @Test
    void eachUserHeaderGivesItsCode() {
        assertThat(expect("X-Api-Key", "key", "User-Identifier", "short", "User-Authorization", "Basic x"))
                .containsExactly(Outcome.refusal("ER700", "ER707"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\u00c1\u00a1\"}",
                "{\"a\":tru}",
                "{} {}",
                "\u0000{\u0000}",
                "{'a':1}"
            })
    void whatIsNoJsonObjectCannotBeRead(String octets) {
        assertThat(StrictJson.read(octets).objects()).isEmpty();
    }

    @Test
    void aDoubledFieldCanBeReadInTwoWays() {
        assertThat(StrictJson.read("{\"a\":\"1\",\"a\":\"2\"}").objects()).hasSize(2);
    }
}
