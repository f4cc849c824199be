package dev.logintoken.contract.verification;

import dev.logintoken.contract.pact.SharedSteps;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.interaction.Interaction;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/** The consumers' Pact files and the samples of shared steps leave no part of the contract out. */
final class InteractionsTest {

    private static final Path PACTS = Path.of("pacts");

    private final Spec spec = LoginTokenSpec.load();
    private final List<Interaction> written;

    InteractionsTest() throws IOException {
        this.written = Interaction.in(PACTS);
    }

    @Test
    void everyOperationHasAnInteractionThatSucceeds() {
        List<String> missing = spec.operations().keySet().stream()
                .filter(id -> of(id).noneMatch(interaction -> interaction.status() < 300))
                .map(id -> id + ": no interaction succeeds; write one in " + file(id))
                .toList();
        assertThat(missing).isEmpty();
    }

    /** What a shared step refuses is sampled for each operation, and proven by an interaction of any one. */
    @Test
    void everyCodeOfEveryOperationHasAnInteraction() {
        Set<String> proven = codes(written.stream());
        List<String> missing = new ArrayList<>();
        spec.operations().keySet().forEach(id -> {
            Set<String> sampled = new TreeSet<>(SharedSteps.codes());
            sampled.retainAll(proven);
            Set<String> seen = codes(of(id));
            spec.codes(id).stream()
                    .filter(code -> !seen.contains(code) && !sampled.contains(code))
                    .forEach(code -> missing.add(id + ": no interaction expects " + code + " ("
                            + spec.entry(code).path("message").asText() + "); write one in " + file(id)));
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void noInteractionExpectsWhatTheSpecDoesNotHave() {
        List<String> strangers = new ArrayList<>();
        for (Interaction interaction : written) {
            Set<String> declared = spec.operationId(interaction.method(), interaction.path())
                    .map(spec::codes)
                    .orElse(Set.of());
            if (spec.operationId(interaction.method(), interaction.path()).isEmpty()) {
                strangers.add(interaction + ": the spec has no " + interaction.operation());
            } else {
                interaction.codes().stream()
                        .filter(code -> !declared.contains(code))
                        .forEach(code -> strangers.add(interaction + ": "
                                + spec.operationId(interaction.method(), interaction.path())
                                        .orElseThrow() + " does not declare " + code));
            }
        }
        assertThat(strangers).isEmpty();
    }

    @Test
    void noInteractionExpectsATextThatIsNotTheCatalogs() {
        assertThat(written)
                .isNotEmpty()
                .allSatisfy(interaction -> assertThat(spec.catalogFaults(interaction.answer()))
                        .as(interaction.toString())
                        .isEmpty());
    }

    private Stream<Interaction> of(String operationId) {
        return written.stream()
                .filter(interaction -> spec.operationId(interaction.method(), interaction.path())
                        .filter(operationId::equals)
                        .isPresent());
    }

    private static Set<String> codes(Stream<Interaction> interactions) {
        return interactions.flatMap(interaction -> interaction.codes().stream()).collect(toCollection(TreeSet::new));
    }

    /** The file that has interactions of the operation already. */
    private String file(String operationId) {
        return "contract-tests/pacts/"
                + of(operationId).map(Interaction::file).findFirst().orElse("<consumer>-login-token.json");
    }
}
