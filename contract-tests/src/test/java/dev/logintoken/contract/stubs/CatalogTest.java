package dev.logintoken.contract.stubs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.api.model.ClientErrorCode;
import dev.logintoken.api.model.GetLoginTokenErrorCode;
import dev.logintoken.api.model.Refusal;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The catalog: in the spec, in the generated code, and in the words of the endpoint's first description. */
final class CatalogTest {

    private final Spec spec = LoginTokenSpec.load();

    @Test
    void theSeedsErrorsAreTheFirstOperationsToTheLetter() throws IOException {
        try (InputStream seed = CatalogTest.class.getResourceAsStream("/seed-errors.json")) {
            Map<String, JsonNode> errors = new TreeMap<>();
            Spec.JSON
                    .readTree(seed)
                    .get("errors")
                    .properties()
                    .forEach(entry -> errors.put(entry.getKey(), entry.getValue()));
            assertThat(errors).hasSize(17);
            assertThat(spec.codes("getLoginToken")).containsExactlyElementsOf(errors.keySet());
            assertThat(spec.catalog()).containsAllEntriesOf(errors);
        }
    }

    @Test
    void everyCodeOfAnOperationHasItsTexts() {
        assertThat(spec.operations().keySet())
                .allSatisfy(operation -> assertThat(spec.codes(operation))
                        .isNotEmpty()
                        .isSubsetOf(spec.catalog().keySet()));
    }

    @Test
    void anEnvelopeHasRoomForEveryErrorOfItsOperation() {
        assertThat(spec.operations().keySet())
                .allSatisfy(operation -> assertThat(spec.room(operation))
                        .as(operation)
                        .isBetween(
                                spec.codes(operation).size() - 1,
                                spec.codes(operation).size()));
    }

    @Test
    void everyTextBelongsToACodeOfAnOperation() {
        assertThat(spec.operations().keySet().stream().flatMap(operation -> spec.codes(operation).stream()))
                .containsAll(spec.catalog().keySet());
    }

    @Test
    void anEntryHoldsItsCodeAMessageAndASolutionAndNoBackslash() {
        assertThat(spec.catalog()).allSatisfy((code, entry) -> {
            assertThat(entry.fieldNames()).toIterable().containsExactly("code", "message", "solution");
            assertThat(entry.get("code").asText()).isEqualTo(code);
            assertThat(entry.toString()).doesNotContain("\\");
        });
    }

    @Test
    void everyExampleFitsItsSchema() {
        List<Spec.Example> examples = spec.examples();
        assertThat(examples).hasSizeGreaterThan(17);
        assertThat(examples)
                .allSatisfy(example ->
                        assertThat(example.faults()).as(example.where()).isEmpty());
    }

    @Test
    void theGeneratedCodesCarryTheTextsOfTheSpec() {
        List<Refusal.CatalogEntry> generated = codes(GetLoginTokenErrorCode.class);
        assertThat(generated)
                .extracting(Refusal.CatalogEntry::code)
                .containsExactlyInAnyOrderElementsOf(spec.codes("getLoginToken"));
        assertThat(generated).allSatisfy(code -> {
            assertThat(code.message())
                    .isEqualTo(spec.entry(code.code()).get("message").asText());
            assertThat(code.solution())
                    .isEqualTo(spec.entry(code.code()).get("solution").asText());
        });
    }

    @Test
    void aCodeIsReadBackFromItsText() {
        assertThat(GetLoginTokenErrorCode.fromValue("ER800")).isEqualTo(ClientErrorCode.CLIENT_TOKEN_INVALID);
    }

    private static List<Refusal.CatalogEntry> codes(Class<?> set) {
        return Arrays.stream(set.getPermittedSubclasses())
                .flatMap(group -> Stream.of(group.getEnumConstants()))
                .map(Refusal.CatalogEntry.class::cast)
                .toList();
    }
}
