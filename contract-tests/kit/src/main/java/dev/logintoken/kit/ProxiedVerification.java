package dev.logintoken.kit;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Verifies interactions by pact-jvm, through a proxy, and holds each answer against the spec as well. */
public final class ProxiedVerification {

    /** Takes every answer as it comes. The standard client would wait and try again after a 429 or 503. */
    private static final CloseableHttpClient CLIENT =
            HttpClients.custom().disableAutomaticRetries().build();

    private final Spec spec;
    private final RecordingProxy proxy;
    private final Function<Exchange, List<String>> rule;

    /** Verifies against Pact files and the spec. */
    public ProxiedVerification(Spec spec, RecordingProxy proxy) {
        this(spec, proxy, exchange -> List.of());
    }

    /**
     * Verifies against Pact files, the spec and a rule.
     *
     * @param rule says in lines what is wrong with an exchange that the spec allows
     */
    public ProxiedVerification(Spec spec, RecordingProxy proxy, Function<Exchange, List<String>> rule) {
        this.spec = spec;
        this.proxy = proxy;
        this.rule = rule;
    }

    /** Lets the verifier of an interaction call the proxy. Call it before each test. */
    public void aim(PactVerificationContext context) {
        context.setTarget(new HttpTestTarget("127.0.0.1", proxy.port(), "/", () -> provider -> CLIENT));
    }

    /**
     * Verifies an interaction.
     *
     * @return what was said; nothing of a pending pact that failed
     * @throws AssertionError if the answer is not what the consumer expects, or the spec or the rule does not allow it
     */
    public List<Exchange> verify(PactVerificationContext context) {
        proxy.drain();
        context.verifyInteraction();
        if (!context.getTestExecutionResult().isEmpty()) {
            return List.of(); // It is pending, and so may fail.
        }
        List<Exchange> exchanges = proxy.drain();
        if (exchanges.isEmpty()) {
            throw new AssertionError("The verifier sent nothing through the proxy. Call aim before each test.");
        }
        List<String> faults = exchanges.stream()
                .flatMap(exchange -> faults(exchange).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
        return exchanges;
    }

    /** Returns whether the verification of an interaction fails if the provider gives this answer. */
    public boolean catches(PactVerificationContext context, Exchange answer) {
        proxy.answerWith(answer);
        try {
            verify(context);
            return false;
        } catch (AssertionError caught) {
            return true;
        } finally {
            proxy.answerWith(null);
            // Pact adds failures up and would find the next answer wrong because of this one.
            context.setTestExecutionResult(new ArrayList<>());
        }
    }

    private List<String> faults(Exchange exchange) {
        List<String> faults = spec.faults(exchange).stream()
                .map(fault -> "the spec does not allow it: " + fault)
                .toList();
        return faults.isEmpty() ? rule.apply(exchange) : faults;
    }
}
