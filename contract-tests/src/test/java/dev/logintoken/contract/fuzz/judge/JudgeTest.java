package dev.logintoken.contract.fuzz.judge;

import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Wrong answers are found to be wrong. */
final class JudgeTest {

    private static final Spec SPEC = LoginTokenSpec.load();
    private static final Request REQUEST = Request.of(new Contract(SPEC).operation("getLoginToken"));
    private static final Map<String, List<String>> HEADERS = Map.of(
            "cache-control", List.of("no-store"),
            "content-type", List.of("application/json"),
            "x-request-id", List.of("a"));
    private static final String ER805 =
            "{\"errors\":{\"ER805\":{\"code\":\"ER805\",\"message\":\"API key is invalid.\",\"solution\":\"Provide a"
                    + " valid API key.\"}}}";

    private static final String ER999 = "{\"errors\":{\"ER999\":" + SPEC.entry("ER999") + "}}";

    private static List<String> faults(Answer answer, ExpectedAnswer... expected) {
        return new Judge(SPEC).faults(REQUEST, Set.of(expected), answer);
    }

    private static Map<String, List<String>> without(String header) {
        Map<String, List<String>> headers = new TreeMap<>(HEADERS);
        headers.remove(header);
        return headers;
    }

    @Test
    void theRightAnswerIsRight() {
        assertThat(faults(new Answer(400, HEADERS, ER805, 1), ExpectedAnswer.refusal("ER805")))
                .isEmpty();
    }

    @Test
    void anotherCodeIsWrong() {
        assertThat(faults(new Answer(400, HEADERS, ER805, 1), ExpectedAnswer.refusal("ER800")))
                .isNotEmpty();
    }

    @Test
    void oneCodeTooFewIsWrong() {
        assertThat(faults(new Answer(400, HEADERS, ER805, 1), ExpectedAnswer.refusal("ER805", "ER806")))
                .isNotEmpty();
    }

    @Test
    void aFailureIsWrong() {
        assertThat(faults(new Answer(500, HEADERS, ER805.replace("805", "999"), 1), ExpectedAnswer.refusal("ER805")))
                .isNotEmpty();
    }

    @Test
    void aMissingHeaderIsWrong() {
        HEADERS.keySet()
                .forEach(header -> assertThat(
                                faults(new Answer(400, without(header), ER805, 1), ExpectedAnswer.refusal("ER805")))
                        .as(header)
                        .isNotEmpty());
    }

    @Test
    void anotherTextIsWrong() {
        assertThat(faults(new Answer(400, HEADERS, ER805.replace("valid", "good"), 1), ExpectedAnswer.refusal("ER805")))
                .isNotEmpty();
    }

    @Test
    void whereTheSpecAloneDecidesACodeOfTheSetIsRight() {
        assertThat(faults(new Answer(400, HEADERS, ER805, 1), ExpectedAnswer.DECLARED))
                .isEmpty();
    }

    @Test
    void whereTheSpecAloneDecidesWhatItDoesNotDeclareIsWrong() {
        String er710 = ER805.replace("ER805", "ER710")
                .replace("API key is invalid.", "Login token is invalid.")
                .replace("Provide a valid API key.", "Request a new login token.");
        assertThat(faults(new Answer(400, HEADERS, er710, 1), ExpectedAnswer.DECLARED))
                .as("a code of another operation")
                .isNotEmpty();
        assertThat(faults(new Answer(418, HEADERS, ER805, 1), ExpectedAnswer.DECLARED))
                .as("another status")
                .isNotEmpty();
        assertThat(faults(new Answer(500, HEADERS, ER805.replace("805", "999"), 1), ExpectedAnswer.DECLARED))
                .as("a failure")
                .isNotEmpty();
        assertThat(faults(new Answer(400, without("cache-control"), ER805, 1), ExpectedAnswer.DECLARED))
                .as("a missing header")
                .isNotEmpty();
    }

    @Test
    void aPageOfTheContainerIsWrong() {
        assertThat(new Judge(SPEC).brokenFaults(new Answer(400, HEADERS, "<html>", 1)))
                .isNotEmpty();
        assertThat(new Judge(SPEC).brokenFaults(new Answer(500, HEADERS, "<html>", 1)))
                .isNotEmpty();
        assertThat(new Judge(SPEC).brokenFaults(new Answer(502, HEADERS, ER999, 1)))
                .hasSize(1);
        for (int status : List.of(400, 414, 417, 426, 431, 501, 505)) {
            assertThat(new Judge(SPEC).brokenFaults(new Answer(status, HEADERS, ER999, 1)))
                    .isEmpty();
        }
        assertThat(new Judge(SPEC).brokenFaults(new Answer(200, HEADERS, "{}", 1)))
                .isNotEmpty();
    }
}
