package dev.logintoken.contract.verification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.spec.Exchange;
import dev.logintoken.contract.spec.Spec;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The consumers' Pact files leave no part of the contract out. */
final class InteractionsTest {

    private static final Path PACTS = Path.of("pacts");

    private final Spec spec = new Spec();

    @Test
    void everyCodeOfEveryOperationHasAnInteraction() {
        assertThat(spec.operations().keySet()).allSatisfy(id -> {
            Set<String> seen = new TreeSet<>();
            of(id).forEach(interaction ->
                    body(interaction).path("errors").fieldNames().forEachRemaining(seen::add));
            assertThat(seen).as(id).containsExactlyElementsOf(spec.codes(id));
        });
    }

    @Test
    void everyOperationHasAnInteractionThatSucceeds() {
        assertThat(spec.operations().keySet())
                .allSatisfy(id -> assertThat(of(id))
                        .as(id)
                        .anyMatch(interaction ->
                                interaction.at("/response/status").asInt() < 300));
    }

    @Test
    void noInteractionExpectsATextThatIsNotTheCatalogs() {
        assertThat(interactions())
                .isNotEmpty()
                .allSatisfy(interaction -> assertThat(spec.catalogFaults(body(interaction)))
                        .as(interaction.get("description").asText())
                        .isEmpty());
    }

    private List<JsonNode> of(String operationId) {
        return interactions()
                .filter(interaction -> operationId.equals(operationId(interaction)))
                .toList();
    }

    private String operationId(JsonNode interaction) {
        JsonNode request = interaction.get("request");
        return spec.operationId(new Exchange(
                        request.get("method").asText(), request.get("path").asText(), "", 0, Map.of(), ""))
                .orElseThrow();
    }

    private static JsonNode body(JsonNode interaction) {
        JsonNode body = interaction.at("/response/body");
        return body.has("content") ? body.get("content") : body;
    }

    private static Stream<JsonNode> interactions() {
        List<JsonNode> interactions = new ArrayList<>();
        try (Stream<Path> files = Files.list(PACTS)) {
            for (Path file : files.toList()) {
                Spec.JSON.readTree(file.toFile()).get("interactions").forEach(interactions::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return interactions.stream();
    }
}
