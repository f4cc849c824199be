package dev.logintoken.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.interaction.Interaction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service answers the consumers' interactions: status, codes and texts as they expect, and the fields of a success.
 * The Pact suite also compares values and headers, by their matching rules.
 */
final class InteractionsTest {

    private static final Path PACTS = Path.of("../contract-tests/pacts");

    static List<Interaction> interactions() throws IOException {
        return Interaction.in(PACTS);
    }

    @ParameterizedTest
    @MethodSource("interactions")
    void theAnswerIsAsTheConsumerExpects(Interaction interaction) {
        TestService service = TestService.sandbox();
        Deque<String> states = new ArrayDeque<>();
        try {
            Map<String, String> values = new TreeMap<>();
            for (JsonNode state : interaction.states()) {
                states.push(state.path("name").asText());
                values.putAll(service.state(state.path("name").asText(), state.path("params")));
            }
            HttpResponse<String> answer = service.send(
                    interaction.method(),
                    interaction.path(),
                    interaction.headers(expression -> filled(expression, values)),
                    interaction.text(expression -> filled(expression, values)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(interaction.status());
            assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
            if (interaction.status() >= 400) {
                assertThat(TestService.json(answer)).isEqualTo(interaction.answer());
            } else {
                assertThat(fields(TestService.json(answer))).containsAll(fields(interaction.answer()));
            }
        } finally {
            states.forEach(service::tearDown);
        }
    }

    private static String filled(String expression, Map<String, String> values) {
        String text = expression;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    /** Returns the pointers of all fields. */
    private static List<String> fields(JsonNode body) {
        List<String> fields = new ArrayList<>();
        body.properties().forEach(field -> {
            fields.add(field.getKey());
            fields(field.getValue()).forEach(inner -> fields.add(field.getKey() + "/" + inner));
        });
        return fields;
    }
}
