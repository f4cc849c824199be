package dev.logintoken.contract.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The sandbox gives every answer of the spec on request: each operation, status and example. Production gives none. */
final class PreferredAnswersIT {

    private static final Spec SPEC = LoginTokenSpec.load();

    @RegisterExtension
    private static final SandboxExtension SANDBOX = SandboxExtension.shared();

    /** An answer that the spec declares. */
    private record Declared(
            String operation,
            String method,
            String path,
            boolean takesBody,
            String status,
            String example,
            String body) {

        Exchange ask(Api api, String preference) {
            Map<String, String> headers = Api.with("Prefer", preference);
            if (takesBody) {
                headers.put("Content-Type", "application/json");
            }
            return api.send(method, path, takesBody ? "{}" : "", headers);
        }
    }

    @TestFactory
    List<DynamicTest> everyDeclaredAnswerComesOnRequest() {
        List<Declared> all = declared();
        assertThat(all.stream().map(Declared::operation).distinct())
                .containsExactlyInAnyOrderElementsOf(SPEC.operations().keySet());
        return all.stream()
                .map(answer -> DynamicTest.dynamicTest(
                        answer.operation() + " " + answer.status() + " " + answer.example(), () -> assertComes(answer)))
                .toList();
    }

    private static void assertComes(Declared answer) {
        String preference =
                "code=" + answer.status() + (answer.example().isEmpty() ? "" : ", example=" + answer.example());
        Exchange exchange = answer.ask(SANDBOX.api(), preference);
        assertThat(exchange.status()).isEqualTo(Integer.parseInt(answer.status()));
        assertThat(exchange.body()).isEqualTo(answer.body());
        assertThat(exchange.header("Preference-Applied")).contains(preference);
        assertThat(SPEC.faults(exchange)).isEmpty();
        SPEC.requiredHeaders(exchange)
                .forEach(
                        header -> assertThat(exchange.header(header)).as(header).isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code=400 | 400 | code=400, example=ER700",
                "example=ER705 | 400 | code=400, example=ER705",
                "example=\"ER705\"; note=x, respond-async | 400 | code=400, example=ER705",
                "Code = 503 | 503 | code=503, example=ER999",
                "example=\"ER802 ER705\" | 400 | code=400, example=\"ER802 ER705\"",
                "example=\"ER705,ER802\", code=400, code=500 | 400 | code=400, example=\"ER705 ER802\"",
                "example=ER999 | 500 | code=500, example=ER999",
            })
    void partsOfAPreferenceAreCompletedInTheOrderOfTheSpec(String preference, int status, String applied) {
        Exchange answer = SANDBOX.api().loginToken("Prefer", preference);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Preference-Applied")).contains(applied);
        assertThat(SPEC.faults(answer)).isEmpty();
        assertThat(Api.codes(answer)).hasSize(applied.contains(" ER") ? 2 : 1);
        assertThat(new ArrayList<>(Api.codes(answer))).isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code=418 | 418",
                "code=soon | soon",
                "code= | ''",
                "example=ER001 | ER001",
                "code=500, example=ER705 | 500 ER705",
                "example=\"ER705 ER999\" | ER705 ER999",
                "example=\"loginToken ER705\" | loginToken ER705",
            })
    void anUndeclaredAnswerIsRefusedWithTheListOfThoseDeclared(String preference, String wanted) {
        Exchange answer = SANDBOX.api().loginToken("Prefer", preference);
        assertThat(answer.status()).isEqualTo(400);
        JsonNode body = Spec.read(answer.body());
        assertThat(body.path("error").asText()).contains("'" + wanted + "'");
        List<String> listed = new ArrayList<>();
        body.path("declared").forEach(each -> listed.add(each.asText()));
        assertThat(listed)
                .isEqualTo(declared().stream()
                        .filter(each -> each.operation().equals("getLoginToken"))
                        .map(each -> each.status() + " " + each.example())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"respond-async", "handling=lenient", "codes=400", "'='", "''"})
    void otherPreferencesAreIgnored(String preference) {
        Exchange answer = SANDBOX.api()
                .loginToken(
                        "X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER, "Prefer", preference);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEmpty();
        assertThat(Api.codes(SANDBOX.api().loginToken("Prefer", preference)))
                .isEqualTo(Api.codes(SANDBOX.api().loginToken()));
    }

    @Test
    void aPreferredAnswerChangesNothing() {
        String refreshToken = Api.field(SANDBOX.api().login(), "refreshToken");
        assertThat(SANDBOX.api()
                        .post(
                                "/api/v1/refresh",
                                Map.of("refreshToken", refreshToken),
                                "X-Api-Key",
                                Api.PARTNERS_KEY,
                                "Prefer",
                                "code=200")
                        .status())
                .isEqualTo(200);
        assertThat(SANDBOX.api().refresh(refreshToken).status()).isEqualTo(200);
    }

    @Test
    void productionKnowsNoPreference(@TempDir Path directory) throws IOException {
        List<String> settings = List.of(
                "-Dlogintoken.db.url=jdbc:h2:file:./production",
                "-Dlogintoken.keys.master=" + Nodes.MASTER,
                "-Dlogintoken.website.base-url=https://www.example.com");
        try (Service production = Service.startIn(directory, settings)) {
            Api api = new Api(production.url());
            declared().forEach(answer -> {
                Exchange asked = answer.ask(api, "code=" + answer.status() + ", example=" + answer.example());
                Exchange plain = answer.ask(api, "respond-async");
                assertThat(asked.status()).isEqualTo(plain.status());
                assertThat(asked.body()).isEqualTo(plain.body());
                assertThat(asked.header("Preference-Applied")).isEmpty();
            });
        }
    }

    /** Reads the answers from the document itself. */
    private static List<Declared> declared() {
        List<Declared> answers = new ArrayList<>();
        SPEC.document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                collect(path.getKey(), operation.getKey(), operation.getValue(), answers)));
        return answers;
    }

    private static void collect(String path, String method, JsonNode operation, List<Declared> answers) {
        operation.path("responses").properties().forEach(response -> {
            JsonNode examples = SPEC.resolve(response.getValue()).at("/content/application~1json/examples");
            if (examples.isMissingNode()) {
                answers.add(declared(path, method, operation, response.getKey(), "", ""));
            }
            examples.properties().forEach(example -> {
                String body = SPEC.resolve(example.getValue()).path("value").toString();
                answers.add(declared(path, method, operation, response.getKey(), example.getKey(), body));
            });
        });
    }

    private static Declared declared(
            String path, String method, JsonNode operation, String status, String example, String body) {
        return new Declared(
                operation.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.has("requestBody"),
                status,
                example,
                body);
    }
}
