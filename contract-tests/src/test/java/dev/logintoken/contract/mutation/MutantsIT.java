package dev.logintoken.contract.mutation;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.spec.Exchange;
import dev.logintoken.contract.verification.Interactions;
import dev.logintoken.contract.verification.PactVerification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The suite is sharp: of every interaction, the real answer is altered in one fact at a time, and each time the suite
 * must notice. A mutant that nobody catches is a fault that a service could have and still be called right.
 */
final class MutantsIT extends PactVerification {

    private static final Map<String, Tally> BY_ALTERATION = new TreeMap<>();
    private static final Map<String, Tally> BY_OPERATION = new TreeMap<>();
    private static final List<String> SURVIVORS = new ArrayList<>();

    @BeforeAll
    static void startService() throws IOException {
        begin(Service.start(), "mutants");
    }

    @AfterAll
    static void stopService() throws IOException {
        end();
    }

    @TestTemplate
    @ExtendWith(Interactions.class)
    void everyAlterationIsCaught(PactVerificationContext context) {
        String interaction = context.getInteraction().getDescription();
        Exchange real = verify(context).get(0);
        String operation = SPEC.operationId(real).orElseThrow();
        for (Mutant mutant : Mutants.of(SPEC, real)) {
            boolean caught = isCaught(context, mutant.answer());
            BY_ALTERATION.merge(mutant.alteration(), Tally.of(caught), Tally::plus);
            BY_OPERATION.merge(operation, Tally.of(caught), Tally::plus);
            if (!caught) {
                SURVIVORS.add(operation + " " + real.status() + ", " + interaction + ": " + mutant.alteration() + " "
                        + mutant.where());
            }
        }
        // Only what was altered was at fault.
        verify(context, real);
    }

    @AfterAll
    static void noneSurvived() {
        BY_ALTERATION.forEach((alteration, tally) -> System.out.printf("%-40s %s%n", alteration, tally));
        BY_OPERATION.forEach((operation, tally) -> System.out.printf("%-40s %s%n", operation, tally));
        SURVIVORS.forEach(survivor -> System.out.println("survived: " + survivor));
        Tally all = BY_OPERATION.values().stream().reduce(Tally.NONE, Tally::plus);
        System.out.printf("Mutants caught: %s, by %d alterations%n", all, BY_ALTERATION.size());
        assertThat(BY_OPERATION.keySet())
                .isEqualTo(new TreeSet<>(SPEC.operations().keySet()));
        assertThat(BY_ALTERATION).hasSizeGreaterThanOrEqualTo(40);
        assertThat(SURVIVORS).isEmpty();
    }

    /** An answer that the spec forbids is caught whatever the consumer expects, so nobody sends it: most are of that kind. */
    private static boolean isCaught(PactVerificationContext context, Exchange answer) {
        if (!SPEC.faults(answer).isEmpty()) {
            return true;
        }
        try {
            verify(context, answer);
            return false;
        } catch (AssertionError caught) {
            return true;
        }
    }

    private record Tally(int caught, int total) {

        static final Tally NONE = new Tally(0, 0);

        static Tally of(boolean caught) {
            return new Tally(caught ? 1 : 0, 1);
        }

        Tally plus(Tally more) {
            return new Tally(caught + more.caught, total + more.total);
        }

        @Override
        public String toString() {
            return caught + " of " + total;
        }
    }
}
