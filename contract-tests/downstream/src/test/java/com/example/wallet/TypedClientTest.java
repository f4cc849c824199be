package com.example.wallet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.logintoken.api.UserApi;
import dev.logintoken.api.model.GetLoginTokenErrors;
import dev.logintoken.api.model.LoginToken;
import dev.logintoken.sandbox.LoginTokenSandbox;
import dev.logintoken.sandbox.ProviderState;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.ContextResolver;
import org.glassfish.jersey.client.proxy.WebResourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The interfaces of login-token-api as a client. */
class TypedClientTest {

    @RegisterExtension
    static final LoginTokenSandbox sandbox = LoginTokenSandbox.builder().build();

    /** Lets the client read instants. */
    static class Json implements ContextResolver<ObjectMapper> {
        @Override
        public ObjectMapper getContext(Class<?> type) {
            return new ObjectMapper().registerModule(new JavaTimeModule());
        }
    }

    @Test
    void theExpiryFollowsTheClockOfTheSandbox() throws Exception {
        ProviderState user = sandbox.given("a user with an identifier");
        sandbox.clock().advance(Duration.ofDays(1));
        LoginToken login = client().getLoginToken("sandbox-api-key", null, null, user.userIdentifier());
        assertEquals(user.uuid(), login.getUuid().toString());
        assertTrue(login.getExpiryDate().isAfter(Instant.now().plus(Duration.ofHours(23))));
    }

    @Test
    void aRefusalNamesItsCodes() {
        ProviderState user = sandbox.given("an identifier linked to nobody");
        BadRequestException refused = assertThrows(
                BadRequestException.class,
                () -> client().getLoginToken("sandbox-api-key", null, null, user.userIdentifier()));
        assertEquals(
                Set.of("ER705"),
                refused.getResponse().readEntity(GetLoginTokenErrors.class).getErrors().keySet());
    }

    private static UserApi client() {
        return WebResourceFactory.newResource(
                UserApi.class, ClientBuilder.newClient().register(new Json()).target(sandbox.url()));
    }
}
