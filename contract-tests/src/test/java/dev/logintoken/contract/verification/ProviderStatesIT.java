package dev.logintoken.contract.verification;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint of the provider states, as verifiers of any language use it. */
final class ProviderStatesIT {

    private static final String STATES = "/_pact/provider-states";
    private static final String A_USER = "state=a%20user%20with%20an%20identifier";

    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.shared();

    @Test
    void theDocumentationListsTheSameStates() throws IOException {
        String page = Files.readString(Path.of("docs/provider-states.md"));
        assertThat(Pattern.compile("^\\| ([^|]+) \\|", Pattern.MULTILINE)
                        .matcher(page.substring(page.indexOf("**The client**")))
                        .results()
                        .map(row -> row.group(1))
                        .filter(name -> !name.equals("state")))
                .containsExactlyInAnyOrderElementsOf(SANDBOX.states().names());
    }

    @Test
    void anInteractionWithoutAStateNeedsNothing() {
        assertThat(change(Map.of("state", "")).status()).isEqualTo(200);
        assertThat(change(Map.of()).status()).isEqualTo(200);
        assertThat(byQuery("state=&action=setup").status()).isEqualTo(200);
    }

    @Test
    void aMistypedStateIsAnsweredByTheNearest() {
        assertThat(reason(change(Map.of("state", "a user with an identifer"))))
                .isEqualTo("There is no provider state 'a user with an identifer'."
                        + " The nearest is 'a user with an identifier'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|The provider state needs the parameter 'seconds'.",
                "{'second': 5}|The provider state needs the parameter 'seconds'. It got 'second'.",
                "{'seconds': 'soon'}|The parameter 'seconds' of the provider state must be a whole number from"
                        + " -8640000 to 8640000, not 'soon'.",
                "{'seconds': '٣٠١'}|The parameter 'seconds' of the provider state must be a whole number from"
                        + " -8640000 to 8640000, not '٣٠١'.",
                "{'seconds': null}|The parameter 'seconds' of the provider state must be a whole number from"
                        + " -8640000 to 8640000, not 'null'.",
                "[5]|The field 'params' must be an object, not [5]."
            },
            quoteCharacter = '"')
    void aWrongParameterIsRefusedByName(String params, String reason) throws IOException {
        Object value = Spec.JSON.readValue(params.replace('\'', '"'), Object.class);
        assertThat(reason(change(Map.of("state", "the clock is ahead", "params", value))))
                .isEqualTo(reason);
    }

    @Test
    void anActionMayBeInAnyCase() {
        assertThat(Api.field(change(Map.of("state", "an API key", "action", "SetUp")), "apiKey"))
                .startsWith("key-");
        assertThat(change(Map.of("state", "an API key", "action", "TEARDOWN")).body())
                .isEqualTo("{}");
    }

    @Test
    void anUnknownActionIsRefused() {
        assertThat(reason(change(Map.of("state", "an API key", "action", "tear down"))))
                .isEqualTo("There is no action 'tear down'. The actions are 'setup' and 'teardown'.");
    }

    @Test
    void aListOfStatesIsRefused() {
        assertThat(reason(change(Map.of("states", new String[] {"an API key", "a user token"}))))
                .isEqualTo("Provider states come one at a time: send the name as 'state' instead of a list 'states'.");
    }

    @Test
    void queryParametersWillDo() {
        assertThat(Api.field(byQuery(A_USER + "&action=setup"), "userIdentifier"))
                .isNotEmpty();
        assertThat(byQuery(A_USER + "&action=teardown").body()).isEqualTo("{}");
        assertThat(byQuery("state=the%20clock%20is%20ahead&seconds=60").body()).isEqualTo("{}");
        assertThat(byQuery("state=the%20clock%20is%20ahead&action=teardown").body())
                .isEqualTo("{}");
    }

    @Test
    void queryParametersThatLeaveAGuessAreRefused() {
        assertThat(reason(byQuery("action=setup"))).startsWith("No provider state is named");
        assertThat(reason(byQuery("state=a&state=b"))).startsWith("The query parameter 'state' is there 2 times");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        Map<String, String> form = Api.with("Content-Type", "application/x-www-form-urlencoded");
        assertThat(SANDBOX.api()
                        .send("POST", STATES + "?" + A_USER, "a=b", form)
                        .status())
                .isEqualTo(415);
        Map<String, String> json = Api.with("Content-Type", "application/json");
        for (String body : List.of("[]", "null")) {
            assertThat(reason(SANDBOX.api().send("POST", STATES, body, json)))
                    .as(body)
                    .startsWith("The body must be a JSON object");
        }
    }

    @Test
    void aRefusalIsInTheLogAsALine() throws InterruptedException {
        change(Map.of("state", "a user from\nthe moon"));
        String line = "The sandbox refused a provider state: There is no provider state 'a user from";
        assertThat(SANDBOX.service().awaitLine(line)).contains(line, "the moon");
        assertThat(SANDBOX.service().output()).doesNotContain("from\nthe moon");
    }

    /** Pact's verifiers for Rust and JavaScript show the address of a redirect, and nothing of a refused state. */
    @Test
    void theReasonIsARedirectIfTheVerifierWantsThat() {
        String url = STATES + "?refusals=in-answers";
        Map<String, String> json = Api.with("Content-Type", "application/json");
        assertThat(SANDBOX.api()
                        .send("POST", url, "{\"state\": \"a usr token\"}", json)
                        .body())
                .isEqualTo("{}");
        Exchange answer = SANDBOX.api().loginToken();
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Location"))
                .contains("refused:There_is_no_provider_state_'a_usr_token'._The_nearest_is_'a_user_token'.");
        assertThat(SANDBOX.api().loginToken().status()).as("only once").isEqualTo(400);
        SANDBOX.api().send("POST", url, "{\"state\": \"a usr token\"}", json);
        SANDBOX.api().send("POST", url, "{\"state\": \"a usr token\", \"action\": \"teardown\"}", json);
        assertThat(SANDBOX.api().loginToken().status()).as("after the teardown").isEqualTo(400);
    }

    private static Exchange change(Map<String, ?> change) {
        return SANDBOX.api().post(STATES, change);
    }

    private static Exchange byQuery(String query) {
        return SANDBOX.api().send("POST", STATES + "?" + query, "", Map.of());
    }

    private static String reason(Exchange exchange) {
        return Api.field(exchange, "error");
    }
}
