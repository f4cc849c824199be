package com.example.wallet;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.PactDslJsonBody;
import au.com.dius.pact.consumer.dsl.PactDslResponse;
import au.com.dius.pact.consumer.dsl.PactDslWithProvider;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.RequestResponsePact;
import au.com.dius.pact.core.model.annotations.Pact;
import com.example.wallet.client.ApiClient;
import com.example.wallet.client.ApiException;
import com.example.wallet.client.api.UserApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What the wallet needs from the service: it writes target/pacts/wallet-login-token.json. */
@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = "login-token", pactVersion = PactSpecVersion.V3)
public class WalletPactTest {

    private static final String IDENTIFIER = "0123456789abcdef0123456789abcdef0123";

    @Pact(consumer = "wallet")
    public RequestResponsePact aUser(PactDslWithProvider builder) {
        return request(builder, "a user with an identifier", "a login token for a user")
                .status(200)
                .body(new PactDslJsonBody()
                        .uuid("uuid")
                        .stringMatcher("token", "[A-Za-z0-9_-]{64}", "A".repeat(64))
                        .stringMatcher("expiryDate", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "2026-06-06T16:16:16Z"))
                .toPact();
    }

    @Pact(consumer = "wallet")
    public RequestResponsePact aDeletedUser(PactDslWithProvider builder) {
        return request(builder, "a deleted user", "a login token for a deleted user")
                .status(400)
                .body(new PactDslJsonBody().object("errors").object("ER709").stringValue("code", "ER709"))
                .toPact();
    }

    private static PactDslResponse request(
            PactDslWithProvider builder, String user, String description) {
        return builder.given("an API key")
                .given(user)
                .uponReceiving(description)
                .method("GET")
                .path("/api/v1/user/login-token")
                .headerFromProviderState("X-Api-Key", "${apiKey}", "an-api-key")
                .headerFromProviderState("User-Identifier", "${userIdentifier}", IDENTIFIER)
                .willRespondWith();
    }

    @Test
    @PactTestFor(pactMethod = "aUser")
    void theWalletReadsALoginToken(MockServer service) throws Exception {
        assertEquals("A".repeat(64), client(service).getLoginToken(null, IDENTIFIER, null).getToken());
    }

    @Test
    @PactTestFor(pactMethod = "aDeletedUser")
    void theWalletIsToldThatTheUserIsGone(MockServer service) {
        ApiException refused =
                assertThrows(ApiException.class, () -> client(service).getLoginToken(null, IDENTIFIER, null));
        assertEquals(400, refused.getCode());
    }

    private static UserApi client(MockServer service) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(service.getUrl());
        client.setRequestInterceptor(request -> request.header("X-Api-Key", "an-api-key"));
        return new UserApi(client);
    }
}
