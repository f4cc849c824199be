package dev.logintoken.kit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a document of any API may have and login-token's does not. */
@SuppressWarnings("NullAway.Init")
final class SpecTest {

    private Spec spec;

    @BeforeEach
    void read() throws IOException {
        spec = new Spec(Files.readString(Path.of("src/test/resources/library/openapi.yaml")));
    }

    @Test
    void aPathMayHaveParameters() {
        assertThat(spec.operationId("GET", "/books/9780131103627")).contains("getBook");
        assertThat(spec.operationId("GET", "/books/9780131103627/pages")).isEmpty();
        assertThat(spec.operationId("DELETE", "/books/9780131103627")).isEmpty();
    }

    @Test
    void theDefaultDeclaresEveryOtherStatus() {
        assertThat(spec.faults(problem("POST", "/loans", 409, "Lent already"))).isEmpty();
        assertThat(spec.faults(problem("GET", "/books/9780131103627", 409, "Lent already")))
                .containsExactly("status 409 is not declared");
    }

    @Test
    void aFieldThatTheSchemaRefusesIsAFault() {
        assertThat(spec.faults(problem("POST", "/loans", 409, "Another title"))).hasSize(1);
    }

    @Test
    void aDocumentWithoutACatalogHasNoFaultsOfIt() {
        assertThat(spec.catalog()).isEmpty();
    }

    private static Exchange problem(String method, String path, int status, String title) {
        return new Exchange(
                method,
                path,
                "",
                status,
                Map.of("content-type", List.of("application/problem+json")),
                "{\"title\":\"" + title + "\"}");
    }
}
