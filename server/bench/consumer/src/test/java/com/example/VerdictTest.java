package com.example;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.logintoken.sandbox.LoginTokenSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.MalformedURLException;
import java.util.Map;

/** Whether the service does what the Pact file of a consumer says. */
@Provider("login-token")
@PactFolder("${pacts}")
public class VerdictTest {

    @RegisterExtension
    static final LoginTokenSandbox sandbox = LoginTokenSandbox.builder().build();

    @BeforeEach
    void aimAtTheSandbox(PactVerificationContext context) throws MalformedURLException {
        context.setTarget(HttpTestTarget.fromUrl(sandbox.url().toURL()));
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void interaction(PactVerificationContext context) {
        context.verifyInteraction();
    }

    @State("an API key")
    public Map<String, String> anApiKey() {
        return sandbox.given("an API key").values();
    }
}
