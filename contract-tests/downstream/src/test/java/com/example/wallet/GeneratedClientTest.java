package com.example.wallet;

import com.example.wallet.client.ApiClient;
import com.example.wallet.client.ApiException;
import com.example.wallet.client.api.UserApi;
import dev.logintoken.sandbox.LoginTokenSandbox;
import dev.logintoken.sandbox.ProviderState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The client that this build generates from the spec artifact, in a package of its own. */
class GeneratedClientTest {

    @RegisterExtension
    static final LoginTokenSandbox sandbox = LoginTokenSandbox.builder().build();

    @Test
    void aUserGetsALoginToken() throws Exception {
        ProviderState user = sandbox.given("a user with an identifier");
        assertEquals(user.uuid(), client().getLoginToken(null, user.userIdentifier(), null).getUuid().toString());
    }

    @Test
    void aDeletedUserIsToldSo() {
        ProviderState user = sandbox.given("a deleted user");
        ApiException refused =
                assertThrows(ApiException.class, () -> client().getLoginToken(null, user.userIdentifier(), null));
        assertEquals(400, refused.getCode());
        assertTrue(refused.getResponseBody().contains("ER709"), refused.getResponseBody());
    }

    private static UserApi client() {
        ApiClient client = new ApiClient();
        client.updateBaseUri(sandbox.url().toString());
        client.setRequestInterceptor(request -> request.header("X-Api-Key", "sandbox-api-key"));
        return new UserApi(client);
    }
}
