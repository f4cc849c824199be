package dev.logintoken.contract.verification;

import au.com.dius.pact.core.model.ProviderState;
import au.com.dius.pact.core.support.Result;
import au.com.dius.pact.provider.StateChangeResult;
import au.com.dius.pact.provider.VerificationFailureType;
import au.com.dius.pact.provider.VerificationResult;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Has the sandbox make the provider states of an interaction true, and hands their values to the interaction. */
final class SandboxStates implements BeforeTestExecutionCallback {

    private static final Namespace PACT = Namespace.create("pact-jvm");

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        PactVerificationContext interaction =
                Objects.requireNonNull(context.getStore(PACT).get("interactionContext", PactVerificationContext.class));
        Map<String, Object> values = new HashMap<>();
        try {
            for (ProviderState state : interaction.getInteraction().getProviderStates()) {
                values.putAll(PactVerification.states().setUp(state.getName(), state.getParams()));
            }
        } catch (IllegalStateException refused) {
            fail(interaction, refused);
        }
        interaction.setExecutionContext(new HashMap<>(Map.of("providerState", values)));
    }

    @SuppressWarnings("unchecked") // To Java, the Kotlin type of a failure says nothing of its success.
    private static void fail(PactVerificationContext interaction, IllegalStateException refused) {
        boolean pending = interaction.getConsumer().getPending();
        String reason = String.valueOf(refused.getMessage());
        interaction
                .getTestExecutionResult()
                .add(new VerificationResult.Failed(
                        reason,
                        reason,
                        Map.of(
                                Objects.requireNonNullElse(
                                        interaction.getInteraction().getInteractionId(), ""),
                                List.of(new VerificationFailureType.StateChangeFailure(
                                        reason,
                                        new StateChangeResult(new Result.Err<>(refused), reason),
                                        interaction.getInteraction()))),
                        pending));
        if (!pending) {
            throw PactVerification.verdicts().failure(interaction, List.of(reason), "");
        }
    }
}
