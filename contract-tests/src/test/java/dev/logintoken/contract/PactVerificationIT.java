package dev.logintoken.contract;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Every interaction of every consumer, against the running WAR; each answer is also held against the spec. */
@Provider("login-token")
@PactFolder("pacts")
@SuppressWarnings("NullAway.Init")
final class PactVerificationIT {

    private static Service service;
    private static RecordingProxy proxy;
    private static ProviderStates states;

    private final Spec spec = new Spec();

    @BeforeAll
    static void startService() throws IOException {
        service = Service.start();
        proxy = new RecordingProxy(service.url());
        states = new ProviderStates(service.url());
    }

    @AfterAll
    static void stopService() {
        proxy.close();
        service.close();
    }

    @BeforeEach
    void aimAtProxy(@Nullable PactVerificationContext context) {
        if (context != null) {
            context.setTarget(new HttpTestTarget("127.0.0.1", proxy.port()));
        }
    }

    @AfterEach
    void takeStatesBack() {
        states.tearDown();
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void interaction(PactVerificationContext context) {
        context.verifyInteraction();
        List<Exchange> exchanges = proxy.drain();
        assertThat(exchanges).isNotEmpty();
        assertThat(exchanges)
                .allSatisfy(exchange -> assertThat(spec.faults(exchange)).isEmpty());
    }

    @State("a deleted user")
    Map<String, Object> aDeletedUser() {
        return states.setUp("a deleted user");
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

    @State("a revoked API key")
    Map<String, Object> aRevokedApiKey() {
        return states.setUp("a revoked API key");
    }

    @State("a revoked partner token")
    Map<String, Object> aRevokedPartnerToken() {
        return states.setUp("a revoked partner token");
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

    @State("an expired partner token")
    Map<String, Object> anExpiredPartnerToken() {
        return states.setUp("an expired partner token");
    }

    @State("an expired partner token of an unknown partner")
    Map<String, Object> anExpiredPartnerTokenOfAnUnknownPartner() {
        return states.setUp("an expired partner token of an unknown partner");
    }

    @State("an expired user token")
    Map<String, Object> anExpiredUserToken() {
        return states.setUp("an expired user token");
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

    @State("the database does not answer")
    Map<String, Object> theDatabaseDoesNotAnswer() {
        return states.setUp("the database does not answer");
    }
}
