package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;

/** The text that a person sees first after starting the sandbox. */
final class Banner {

    private Banner() {}

    /** Returns the text, with lines to copy for the service at a URL. */
    static String of(String url, Jwts jwts) {
        return """

            login-token sandbox: published credentials and keys, nothing here is secret or safe.

            Open it in a browser:
              %1$s/

            A login token for the active user:
              curl -i -H 'X-Api-Key: %2$s' -H 'User-Identifier: %3$s' %1$s/api/v1/user/login-token

            Two refusals:
              curl -i %1$s/api/v1/user/login-token
              curl -i -H 'X-Api-Key: %2$s' -H 'User-Identifier: %4$s' %1$s/api/v1/user/login-token

            An expired partner token:
              %5$s
            An expired user token:
              %6$s

            Provider states for contract tests: %1$s/_pact/provider-states
            Stop with Ctrl-C.

            """.formatted(
                        url,
                        Fixture.API_KEY,
                        Fixture.ACTIVE_IDENTIFIER,
                        Fixture.UNLINKED_IDENTIFIER,
                        jwts.partnerToken(Fixture.PARTNER, Fixture.ENDED_SESSION, Fixture.LONG_AGO),
                        jwts.userToken(Fixture.ACTIVE_USER, Fixture.PARTNER, Fixture.ENDED_SESSION, Fixture.LONG_AGO));
    }
}
