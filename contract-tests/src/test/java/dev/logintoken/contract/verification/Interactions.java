package dev.logintoken.contract.verification;

import au.com.dius.pact.provider.junit5.PactVerificationExtension;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

import java.util.List;
import java.util.stream.Stream;

/**
 * Makes one test of each interaction. The sandbox answers its provider states, whatever they are called: no method
 * annotated with {@code State} is needed.
 */
public final class Interactions implements TestTemplateInvocationContextProvider {

    private final PactVerificationInvocationContextProvider pacts = new PactVerificationInvocationContextProvider();

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return pacts.supportsTestTemplate(context);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return pacts.provideTestTemplateInvocationContexts(context)
                .map(PactVerificationExtension.class::cast)
                .map(OnSandbox::new);
    }

    /** An interaction whose provider states the sandbox answers. */
    private static final class OnSandbox extends PactVerificationExtension {

        OnSandbox(PactVerificationExtension interaction) {
            super(
                    interaction.getPact(),
                    interaction.getPactSource(),
                    interaction.getInteraction(),
                    interaction.getServiceName(),
                    interaction.getConsumerName(),
                    interaction.getPropertyResolver());
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new SandboxStates(), this);
        }
    }
}
