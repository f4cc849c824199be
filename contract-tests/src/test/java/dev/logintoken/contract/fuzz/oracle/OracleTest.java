package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.Contract;
import dev.logintoken.contract.fuzz.judge.Contract.Field;
import dev.logintoken.contract.fuzz.judge.Contract.Operation;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.World.Client;
import dev.logintoken.contract.fuzz.oracle.World.Identifier;
import dev.logintoken.contract.fuzz.oracle.World.UserState;
import dev.logintoken.contract.spec.LoginTokenSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The oracle knows the tables; where there is none, it leaves the judgement to the spec. */
final class OracleTest {

    private static final Contract CONTRACT = new Contract(LoginTokenSpec.load());
    private static final String IDENTIFIER = "a".repeat(36);

    private final World world = new World();
    private final Oracle oracle = new Oracle(world);

    OracleTest() {
        world.apiKeys().share("key", new Client("partner", false));
        world.users().own("user", UserState.ACTIVE);
        world.identifiers().share(IDENTIFIER, new Identifier("partner", Optional.of("user")));
    }

    private Set<ExpectedAnswer> expect(String... headers) {
        Request request = Request.of(CONTRACT.operation("getLoginToken"));
        for (int i = 0; i < headers.length; i += 2) {
            request = request.plus(headers[i], headers[i + 1]);
        }
        return oracle.expect(request);
    }

    private static Operation withoutTable(Field... fields) {
        return new Operation("another", "POST", "/api/v1/another", Set.of(200, 400), List.of(fields));
    }

    @Test
    void eachTableIsThatOfAnOperation() {
        assertThat(CONTRACT.operations()).extracting(Operation::id).containsAll(Oracle.TABLES);
    }

    @Test
    void withoutATableTheSpecAloneDecides() {
        Request request = Request.of(withoutTable()).plus("X-Api-Key", "other");
        assertThat(oracle.expect(request)).containsExactly(ExpectedAnswer.DECLARED);
    }

    @Test
    void withoutATableHttpAndTheKeyThatFailsAreStillKnown() {
        Request request = Request.of(withoutTable(new Field("a", true, 0, 9, Optional.empty(), "b")));
        assertThat(oracle.expect(request.withMethod("PUT"))).containsExactly(ExpectedAnswer.general(405));
        assertThat(oracle.expect(request.withBody("{}").plus("X-Api-Key", "key")))
                .containsExactly(ExpectedAnswer.general(415));
        assertThat(oracle.expect(request.withBody("{}")
                        .plus("Content-Type", "application/json")
                        .plus("X-Api-Key", World.FAILURE_KEY)))
                .containsExactlyInAnyOrder(ExpectedAnswer.DECLARED, ExpectedAnswer.general(500));
    }

    @Test
    void aKnownPartnerGetsATokenForAKnownUser() {
        assertThat(expect("X-Api-Key", "key", "User-Identifier", IDENTIFIER))
                .containsExactly(ExpectedAnswer.success(200).with("uuid", "user"));
    }

    @Test
    void aStrangerLearnsNothingOfTheUser() {
        assertThat(expect("X-Api-Key", "other", "User-Identifier", "short"))
                .containsExactly(ExpectedAnswer.refusal("ER805"));
    }

    @Test
    void eachUserHeaderGivesItsCode() {
        assertThat(expect("X-Api-Key", "key", "User-Identifier", "short", "User-Authorization", "Basic x"))
                .containsExactly(ExpectedAnswer.refusal("ER700", "ER707"));
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
