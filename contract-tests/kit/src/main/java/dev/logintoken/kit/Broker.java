package dev.logintoken.kit;

import au.com.dius.pact.core.model.Pact;
import au.com.dius.pact.core.pactbroker.NotFoundHalResponse;
import au.com.dius.pact.core.pactbroker.RequestFailedException;
import au.com.dius.pact.core.support.expressions.SystemPropertyResolver;
import au.com.dius.pact.provider.DefaultTestResultAccumulator;
import au.com.dius.pact.provider.DefaultVerificationReporter;
import au.com.dius.pact.provider.junitsupport.loader.PactBroker;
import au.com.dius.pact.provider.junitsupport.loader.PactBrokerAuth;
import au.com.dius.pact.provider.junitsupport.loader.PactBrokerLoader;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The Pact files that a Pact Broker selects, by pact-jvm's own properties. Credentials may also come from the variables
 * that Pact's other tools read, because process lists do not show them. Each failure is one line that says what to do.
 */
@PactBroker(
        authentication =
                @PactBrokerAuth(
                        username = "${pactbroker.auth.username:}${PACT_BROKER_USERNAME:}",
                        password = "${pactbroker.auth.password:}${PACT_BROKER_PASSWORD:}",
                        token = "${pactbroker.auth.token:}${PACT_BROKER_TOKEN:}"),
        providerBranch = "${pact.provider.branch:}")
public final class Broker extends PactBrokerLoader {

    /** Uses the broker that the system properties name. */
    public Broker() {
        super(Broker.class.getAnnotation(PactBroker.class));
    }

    @Override
    public List<Pact> load(String provider) throws IOException {
        boolean publishes = !DefaultVerificationReporter.INSTANCE.publishingResultsDisabled();
        if (publishes && setting("pact.provider.version").isBlank()) {
            throw new IOException("Results are published for a version of the service: set -Dpact.provider.version.");
        }
        List<Pact> pacts = fetch(provider);
        if (pacts.isEmpty()) {
            throw new IOException("The Pact Broker has no pact with the provider '" + provider
                    + "' that is selected: publish one, or correct -Dpactbroker.consumerversionselectors.rawjson.");
        }
        for (Pact pact : pacts) {
            if (publishes && !resultsCanBeToldApart(pact)) {
                throw new IOException("The pact of '" + pact.getConsumer().getName()
                        + "' has two interactions of one description and state, whose results cannot be told apart:"
                        + " rename one.");
            }
        }
        return pacts;
    }

    private List<Pact> fetch(String provider) throws IOException {
        try {
            return super.load(provider);
        } catch (NotFoundHalResponse e) {
            return List.of(); // The broker has never heard of the provider.
        } catch (Exception e) {
            throw new IOException(reason(Optional.ofNullable(e.getCause()).orElse(e)), e);
        }
    }

    private static String reason(Throwable failure) {
        if (!(failure instanceof RequestFailedException refusal)) {
            return "The Pact Broker gives no pacts, check -Dpactbroker.url and the selectors: " + failure.getMessage();
        }
        return switch (refusal.getStatus()) {
            case 401, 403 ->
                "The Pact Broker refuses the credentials: set either PACT_BROKER_TOKEN or"
                        + " -Dpactbroker.auth.token.";
            default -> "The Pact Broker answers " + refusal.getStatus() + ": " + refusal.getBody();
        };
    }

    /** Else pact-jvm would publish a later success in place of a failure. */
    private static boolean resultsCanBeToldApart(Pact pact) {
        return pact.getInteractions().stream()
                        .map(DefaultTestResultAccumulator.INSTANCE::calculateInteractionHash)
                        .distinct()
                        .count()
                == pact.getInteractions().size();
    }

    private static String setting(String name) {
        return SystemPropertyResolver.INSTANCE.resolveValue(name, "");
    }
}
