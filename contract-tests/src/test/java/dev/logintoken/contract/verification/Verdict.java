package dev.logintoken.contract.verification;

import au.com.dius.pact.core.model.Interaction;
import au.com.dius.pact.core.model.ProviderState;
import au.com.dius.pact.provider.junit5.PactVerificationContext;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of an interaction.
 *
 * @param states its provider states, separated by semicolons
 * @param pending whether it may fail
 * @param faults what was expected and what came, a line each; nothing if the service does what the consumer expects
 * @param request as a line for a shell; empty if it was not sent
 */
record Verdict(
        String consumer, String description, String states, boolean pending, List<String> faults, String request) {

    static Verdict of(PactVerificationContext context, List<String> faults, String request) {
        Interaction interaction = context.getInteraction();
        return new Verdict(
                context.getConsumer().getName(),
                interaction.getDescription(),
                interaction.getProviderStates().stream().map(Verdict::text).collect(Collectors.joining("; ")),
                context.getConsumer().getPending(),
                List.copyOf(faults),
                request);
    }

    /** Returns whether the service does what the consumer expects. */
    boolean passed() {
        return faults.isEmpty();
    }

    /** Returns {@code passed}, {@code failed}, or {@code pending} for a failure that does not count. */
    String outcome() {
        return passed() ? "passed" : pending ? "pending" : "failed";
    }

    /** Returns all of it for a console. */
    String block() {
        StringBuilder block = new StringBuilder(
                "%n%s  %s: %s%n".formatted(outcome().toUpperCase(java.util.Locale.ROOT), consumer, description));
        if (!states.isEmpty()) {
            block.append("  given    ").append(states).append(System.lineSeparator());
        }
        faults.forEach(fault -> block.append("  fault    ").append(fault).append(System.lineSeparator()));
        if (!request.isEmpty()) {
            block.append("  request  ").append(request).append(System.lineSeparator());
        }
        return block.toString();
    }

    private static String text(ProviderState state) {
        return state.getName() + (state.getParams().isEmpty() ? "" : " " + state.getParams());
    }
}
