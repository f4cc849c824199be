package dev.logintoken.contract;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.VerificationReports;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/** Every interaction of every consumer, and the spec, against the WAR in each container. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.logintoken.contract.Containers#selected")
@VerificationReports({})
@SuppressWarnings("NullAway.Init")
final class ContainerPactIT extends PactVerification {

    private static Coverage coverage;

    private final Container container;

    ContainerPactIT(Container container) {
        this.container = container;
    }

    @BeforeParameterizedClassInvocation
    static void startContainer(Container container) throws IOException {
        coverage = new Coverage(SPEC);
        begin(Hosted.start(container, Setup.SANDBOX));
    }

    @AfterParameterizedClassInvocation
    static void stopContainer(Container container) {
        end();
        if (!ConsumersPacts.given()) {
            assertThat(coverage.holes())
                    .as("what no interaction with %s shows", container)
                    .isEmpty();
        }
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void interaction(PactVerificationContext context) {
        try {
            verify(context).forEach(coverage::add);
        } catch (AssertionError e) {
            throw new AssertionError("In " + container + ": " + e.getMessage(), e);
        }
    }
}
