package dev.logintoken.contract.mutation;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.verification.Interactions;
import dev.logintoken.contract.verification.PactVerification;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Sharpness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The suite is sharp: of every interaction, the real answer is altered in one fact at a time, and each time the suite
 * must notice. A mutant that nobody catches is a fault that a service could have and still be called right.
 */
final class MutantsIT extends PactVerification {

    private static final Sharpness SHARPNESS = new Sharpness(SPEC);

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
        Exchange real = verify(context).get(0);
        SHARPNESS.test(context.getInteraction().getDescription(), real, answer -> catches(context, answer));
        // Only what was altered was at fault.
        assertThat(catches(context, real)).isFalse();
    }

    @AfterAll
    static void noneSurvived() {
        SHARPNESS.print();
        assertThat(SHARPNESS.operations()).isEqualTo(SPEC.operations().keySet());
        assertThat(SHARPNESS.alterations()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(SHARPNESS.survivors()).isEmpty();
    }
}
