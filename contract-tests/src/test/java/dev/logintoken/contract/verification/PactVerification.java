package dev.logintoken.contract.verification;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.pact.ConsumersPacts;
import dev.logintoken.contract.pact.ProviderStates;
import dev.logintoken.contract.pact.RecordingProxy;
import dev.logintoken.contract.service.RunningService;
import dev.logintoken.contract.spec.Exchange;
import dev.logintoken.contract.spec.Spec;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
@SuppressWarnings("NullAway.Init")
public abstract class PactVerification {

    /** The contract. */
    protected static final Spec SPEC = new Spec();

    /** Takes every answer as it comes; the standard client would wait and try again after a 429 or 503. */
    private static final CloseableHttpClient PATIENT =
            HttpClients.custom().disableAutomaticRetries().build();

    /** What no log may hold; the keys and tokens in the banner are printed on purpose. */
    private static final Set<String> SECRETS =
            new HashSet<>(List.of("sandbox-password", "active-password", "website-api-key"));

    private static RunningService service;
    private static RecordingProxy proxy;
    private static ProviderStates states;

    /** From now on this service is verified. */
    protected static void begin(RunningService started) throws IOException {
        service = started;
        proxy = new RecordingProxy(service.url());
        states = new ProviderStates(service.url());
    }

    /** Stops it. */
    protected static void end() {
        proxy.close();
        service.close();
        SECRETS.addAll(states.secrets());
        assertThat(service.output()).as("the log").doesNotContain(SECRETS);
    }

    @BeforeEach
    void aimAtProxy(PactVerificationContext context) {
        context.setTarget(new HttpTestTarget("127.0.0.1", proxy.port(), "/", () -> provider -> PATIENT));
    }

    @AfterEach
    void takeStatesBack() {
        states.tearDown();
        proxy.drain();
    }

    /**
     * Holds an interaction's answer against what the consumer expects and against the spec.
     *
     * @return what was said; nothing of a pending pact that failed
     */
    protected static List<Exchange> verify(PactVerificationContext context) {
        context.verifyInteraction();
        if (!context.getTestExecutionResult().isEmpty()) {
            return List.of(); // It is pending, and so may fail.
        }
        List<Exchange> exchanges = proxy.drain();
        assertThat(exchanges).isNotEmpty();
        assertThat(exchanges)
                .allSatisfy(exchange -> assertThat(SPEC.faults(exchange)).isEmpty());
        exchanges.forEach(exchange -> SECRETS.addAll(secrets(exchange)));
        if (!ConsumersPacts.given()) {
            assertThat(exchanges)
                    .allSatisfy(exchange -> assertThat(codes(exchange.body()))
                            .as("codes, and no others")
                            .isEqualTo(codes(expectedBody(context))));
        }
        return exchanges;
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

    /** The same with another answer in place of the service's. */
    protected static void verify(PactVerificationContext context, Exchange answer) {
        proxy.drain();
        proxy.answerWith(answer);
        try {
            verify(context);
        } finally {
            proxy.answerWith(null);
            // Pact adds failures up and would find the next answer wrong because of this one.
            context.setTestExecutionResult(new ArrayList<>());
        }
    }

    @State("a consent to a link")
    Map<String, Object> aConsentToALink() {
        return states.setUp("a consent to a link");
    }

    @State("a consent to a link of another identifier")
    Map<String, Object> aConsentToALinkOfAnotherIdentifier() {
        return states.setUp("a consent to a link of another identifier");
    }

    @State("a consent to a link of a user who was deleted since")
    Map<String, Object> aConsentToALinkOfAUserWhoWasDeletedSince() {
        return states.setUp("a consent to a link of a user who was deleted since");
    }

    @State("a consent to a link that another user's replaced")
    Map<String, Object> aConsentToALinkThatAnotherUsersReplaced() {
        return states.setUp("a consent to a link that another user's replaced");
    }

    @State("a consent to a link that was confirmed")
    Map<String, Object> aConsentToALinkThatWasConfirmed() {
        return states.setUp("a consent to a link that was confirmed");
    }

    @State("a consent to a link with another partner")
    Map<String, Object> aConsentToALinkWithAnotherPartner() {
        return states.setUp("a consent to a link with another partner");
    }

    @State("a deleted user")
    Map<String, Object> aDeletedUser() {
        return states.setUp("a deleted user");
    }

    @State("a login token")
    Map<String, Object> aLoginToken() {
        return states.setUp("a login token");
    }

    @State("a login token of a deleted user")
    Map<String, Object> aLoginTokenOfADeletedUser() {
        return states.setUp("a login token of a deleted user");
    }

    @State("a login token of a partner whose stamp was replaced")
    Map<String, Object> aLoginTokenOfAPartnerWhoseStampWasReplaced() {
        return states.setUp("a login token of a partner whose stamp was replaced");
    }

    @State("a login token of a user whose stamp was replaced")
    Map<String, Object> aLoginTokenOfAUserWhoseStampWasReplaced() {
        return states.setUp("a login token of a user whose stamp was replaced");
    }

    @State("a login token that was used")
    Map<String, Object> aLoginTokenThatWasUsed() {
        return states.setUp("a login token that was used");
    }

    @State("a partner token")
    Map<String, Object> aPartnerToken() {
        return states.setUp("a partner token");
    }

    @State("a partner token of a disabled partner")
    Map<String, Object> aPartnerTokenOfADisabledPartner() {
        return states.setUp("a partner token of a disabled partner");
    }

    @State("a partner token of an unknown partner")
    Map<String, Object> aPartnerTokenOfAnUnknownPartner() {
        return states.setUp("a partner token of an unknown partner");
    }

    @State("a partner token signed with another key")
    Map<String, Object> aPartnerTokenSignedWithAnotherKey() {
        return states.setUp("a partner token signed with another key");
    }

    @State("a refresh token")
    Map<String, Object> aRefreshToken() {
        return states.setUp("a refresh token");
    }

    @State("a refresh token of a deleted user")
    Map<String, Object> aRefreshTokenOfADeletedUser() {
        return states.setUp("a refresh token of a deleted user");
    }

    @State("a refresh token of a disabled partner")
    Map<String, Object> aRefreshTokenOfADisabledPartner() {
        return states.setUp("a refresh token of a disabled partner");
    }

    @State("a refresh token of a user")
    Map<String, Object> aRefreshTokenOfAUser() {
        return states.setUp("a refresh token of a user");
    }

    @State("a refresh token of a user of another partner")
    Map<String, Object> aRefreshTokenOfAUserOfAnotherPartner() {
        return states.setUp("a refresh token of a user of another partner");
    }

    @State("a refresh token that was used a minute ago")
    Map<String, Object> aRefreshTokenThatWasUsedAMinuteAgo() {
        return states.setUp("a refresh token that was used a minute ago");
    }

    @State("a refresh token that was used a moment ago")
    Map<String, Object> aRefreshTokenThatWasUsedAMomentAgo() {
        return states.setUp("a refresh token that was used a moment ago");
    }

    @State("a revoked API key")
    Map<String, Object> aRevokedApiKey() {
        return states.setUp("a revoked API key");
    }

    @State("a revoked partner token")
    Map<String, Object> aRevokedPartnerToken() {
        return states.setUp("a revoked partner token");
    }

    @State("a revoked refresh token")
    Map<String, Object> aRevokedRefreshToken() {
        return states.setUp("a revoked refresh token");
    }

    @State("a user token")
    Map<String, Object> aUserToken() {
        return states.setUp("a user token");
    }

    @State("a user token issued through another partner")
    Map<String, Object> aUserTokenIssuedThroughAnotherPartner() {
        return states.setUp("a user token issued through another partner");
    }

    @State("a user token of another user")
    Map<String, Object> aUserTokenOfAnotherUser() {
        return states.setUp("a user token of another user");
    }

    @State("a user token signed with another key")
    Map<String, Object> aUserTokenSignedWithAnotherKey() {
        return states.setUp("a user token signed with another key");
    }

    @State("a user token that expired long ago")
    Map<String, Object> aUserTokenThatExpiredLongAgo() {
        return states.setUp("a user token that expired long ago");
    }

    @State("a user token that was logged out")
    Map<String, Object> aUserTokenThatWasLoggedOut() {
        return states.setUp("a user token that was logged out");
    }

    @State("a user who was deleted while a document was under review")
    Map<String, Object> aUserWhoWasDeletedWhileADocumentWasUnderReview() {
        return states.setUp("a user who was deleted while a document was under review");
    }

    @State("a user with a document under review")
    Map<String, Object> aUserWithADocumentUnderReview() {
        return states.setUp("a user with a document under review");
    }

    @State("a user with an identifier")
    Map<String, Object> aUserWithAnIdentifier() {
        return states.setUp("a user with an identifier");
    }

    @State("a user without an email address")
    Map<String, Object> aUserWithoutAnEmailAddress() {
        return states.setUp("a user without an email address");
    }

    @State("an API key")
    Map<String, Object> anApiKey() {
        return states.setUp("an API key");
    }

    @State("an API key of a disabled partner")
    Map<String, Object> anApiKeyOfADisabledPartner() {
        return states.setUp("an API key of a disabled partner");
    }

    @State("an expired and revoked partner token")
    Map<String, Object> anExpiredAndRevokedPartnerToken() {
        return states.setUp("an expired and revoked partner token");
    }

    @State("an expired consent to a link")
    Map<String, Object> anExpiredConsentToALink() {
        return states.setUp("an expired consent to a link");
    }

    @State("an expired login token")
    Map<String, Object> anExpiredLoginToken() {
        return states.setUp("an expired login token");
    }

    @State("an expired partner token")
    Map<String, Object> anExpiredPartnerToken() {
        return states.setUp("an expired partner token");
    }

    @State("an expired partner token of an unknown partner")
    Map<String, Object> anExpiredPartnerTokenOfAnUnknownPartner() {
        return states.setUp("an expired partner token of an unknown partner");
    }

    @State("an expired refresh token")
    Map<String, Object> anExpiredRefreshToken() {
        return states.setUp("an expired refresh token");
    }

    @State("an expired user token")
    Map<String, Object> anExpiredUserToken() {
        return states.setUp("an expired user token");
    }

    @State("an identifier linked to another user")
    Map<String, Object> anIdentifierLinkedToAnotherUser() {
        return states.setUp("an identifier linked to another user");
    }

    @State("an identifier linked to nobody")
    Map<String, Object> anIdentifierLinkedToNobody() {
        return states.setUp("an identifier linked to nobody");
    }

    @State("an identifier registered by another partner")
    Map<String, Object> anIdentifierRegisteredByAnotherPartner() {
        return states.setUp("an identifier registered by another partner");
    }

    @State("an identifier that nobody registered")
    Map<String, Object> anIdentifierThatNobodyRegistered() {
        return states.setUp("an identifier that nobody registered");
    }

    @State("many failed authentications of a partner")
    Map<String, Object> manyFailedAuthenticationsOfAPartner() {
        return states.setUp("many failed authentications of a partner");
    }

    @State("many failed logins of a user")
    Map<String, Object> manyFailedLoginsOfAUser() {
        return states.setUp("many failed logins of a user");
    }

    @State("the clock is ahead")
    Map<String, Object> theClockIsAhead(Map<String, Object> params) {
        return states.setUp("the clock is ahead", params);
    }

    @State("the database does not answer")
    Map<String, Object> theDatabaseDoesNotAnswer() {
        return states.setUp("the database does not answer");
    }

    @State("the documents of a user are reviewed")
    Map<String, Object> theDocumentsOfAUserAreReviewed(Map<String, Object> params) {
        return states.setUp("the documents of a user are reviewed", params);
    }

    @State("the purge has run")
    Map<String, Object> thePurgeHasRun() {
        return states.setUp("the purge has run");
    }

    @State("the service fails")
    Map<String, Object> theServiceFails() {
        return states.setUp("the service fails");
    }
}
