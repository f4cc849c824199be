package dev.logintoken.contract.verification;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.VerificationReports;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.pact.ConsumersPacts;
import dev.logintoken.contract.pact.ProviderStatesClient;
import dev.logintoken.contract.service.RunningService;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.ProxiedVerification;
import dev.logintoken.kit.RecordingProxy;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The interactions of all consumers, against the running WAR: the service, the proxy before it, the provider states, and
 * what an answer has to pass.
 */
@Provider(ConsumersPacts.PROVIDER)
@PactSource(ConsumersPacts.class)
@VerificationReports({}) // The verdicts are reported here, each once.
@SuppressWarnings("NullAway.Init")
public abstract class PactVerification {

    /** The contract. */
    protected static final Spec SPEC = LoginTokenSpec.load();

    /** Where README.md has the sandbox started: the service of a verification is gone after it. */
    private static final String SANDBOX = "http://localhost:8080";

    /** What no log may hold; the keys and tokens in the banner are printed on purpose. */
    private static final Set<String> SECRETS =
            new HashSet<>(List.of("sandbox-password", "active-password", "website-api-key"));

    private static RunningService service;
    private static RecordingProxy proxy;
    private static ProviderStatesClient states;
    private static Verdicts verdicts;

    /**
     * From now on this service is verified.
     *
     * @param report name of the files in {@code target} that say how it went
     */
    protected static void begin(RunningService started, String report) throws IOException {
        service = started;
        verdicts = new Verdicts(report);
        proxy = new RecordingProxy(service.url(), SANDBOX);
        states = new ProviderStatesClient(service.url());
    }

    /** Stops it and reports how it went. */
    protected static void end() throws IOException {
        proxy.close();
        service.close();
        verdicts.report();
        SECRETS.addAll(states.secrets());
        assertThat(service.output()).as("the log").doesNotContain(SECRETS);
    }

    @BeforeEach
    void aimAtProxy(PactVerificationContext context) {
        verification(context).aim(context);
    }

    @AfterEach
    void takeStatesBack() {
        states.tearDown();
        proxy.drain();
        proxy.lastRequest();
    }

    /** Makes facts true in the service. */
    static ProviderStatesClient states() {
        return states;
    }

    /** How it goes. */
    static Verdicts verdicts() {
        return verdicts;
    }

    /**
     * Verifies an interaction and notes how it went.
     *
     * @return what was said; nothing of a pending pact that failed
     * @throws AssertionError a line that says what is wrong; all of it was printed
     */
    protected static List<Exchange> judge(PactVerificationContext context) {
        List<Exchange> exchanges;
        try {
            exchanges = verify(context);
        } catch (AssertionError e) {
            List<String> faults = Faults.of(context);
            throw verdicts.failure(
                    context,
                    faults.isEmpty() ? String.valueOf(e.getMessage()).lines().toList() : faults,
                    proxy.lastRequest());
        }
        List<String> faults = Faults.of(context);
        if (faults.isEmpty()) {
            verdicts.pass(context);
        } else {
            verdicts.pending(context, faults, proxy.lastRequest());
        }
        return exchanges;
    }

    /**
     * Holds an interaction's answer against what the consumer expects and against the spec.
     *
     * @return what was said; nothing of a pending pact that failed
     */
    protected static List<Exchange> verify(PactVerificationContext context) {
        List<Exchange> exchanges = verification(context).verify(context);
        exchanges.forEach(exchange -> SECRETS.addAll(secrets(exchange)));
        return exchanges;
    }

    /** Returns whether the same would notice another answer in place of the service's. */
    protected static boolean catches(PactVerificationContext context, Exchange answer) {
        return verification(context).catches(context, answer);
    }

    private static ProxiedVerification verification(PactVerificationContext context) {
        return new ProxiedVerification(SPEC, proxy, exchange -> codeFaults(context, exchange));
    }

    private static List<String> codeFaults(PactVerificationContext context, Exchange exchange) {
        if (ConsumersPacts.given()) {
            return List.of();
        }
        List<String> expected = codes(expectedBody(context));
        List<String> came = codes(exchange.body());
        return came.equals(expected)
                ? List.of()
                : List.of("codes: expected " + expected + " and no others, came " + came);
    }

    private static List<String> secrets(Exchange exchange) {
        JsonNode body = exchange.body().isEmpty() ? Spec.JSON.missingNode() : Spec.read(exchange.body());
        return Stream.of("token", "refreshToken")
                .map(body::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    /** What our own consumers expect, they expect in full; to Pact itself an error more would be welcome. */
    private static String expectedBody(PactVerificationContext context) {
        return Objects.requireNonNull(context.getInteraction().asSynchronousRequestResponse())
                .getResponse()
                .getBody()
                .valueAsString();
    }

    private static List<String> codes(String body) {
        List<String> codes = new ArrayList<>();
        if (!body.isEmpty()) {
            Spec.read(body).path("errors").fieldNames().forEachRemaining(codes::add);
        }
        return codes;
    }
}
