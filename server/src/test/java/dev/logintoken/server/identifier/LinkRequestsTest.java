package dev.logintoken.server.identifier;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.logintoken.server.auth.HmacKey;
import dev.logintoken.server.key.KeySet;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Link requests are signed, name their type, and expire. */
final class LinkRequestsTest {

    private static final UUID REGISTRATION = new UUID(1, 2);
    private static final UUID PARTNER = new UUID(3, 4);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] KEY = new byte[32];
    private static final KeySet<HmacKey> KEYS = KeySet.of("1", KEY, HmacKey::of);
    private static final String RETURN_URL = "https://app.example.com/back";

    private final LinkRequests requests = at(NOW);

    @Test
    void aLinkRequestNamesTheRegistrationForTenMinutes() throws Exception {
        SignedJWT request = SignedJWT.parse(requests.issue(REGISTRATION, PARTNER, RETURN_URL));
        assertThat(request.verify(new MACVerifier(KEY))).isTrue();
        assertThat(request.getHeader().getType()).isEqualTo(new JOSEObjectType("link-request+jwt"));
        assertThat(request.getJWTClaimsSet())
                .isEqualTo(new JWTClaimsSet.Builder()
                        .issuer("login-token")
                        .audience("login-token")
                        .subject(REGISTRATION.toString())
                        .expirationTime(Date.from(NOW.plus(Duration.ofMinutes(10))))
                        .claim("partner", PARTNER.toString())
                        .claim("returnUrl", RETURN_URL)
                        .build());
    }

    @Test
    void aRequestIsReadAsItWasIssuedAndExpiresAfterTenMinutes() {
        String request = requests.issue(REGISTRATION, PARTNER, RETURN_URL);
        LinkRequest read = requests.read(request).orElseThrow();
        assertThat(read.registration()).isEqualTo(REGISTRATION);
        assertThat(read.partner()).isEqualTo(PARTNER);
        assertThat(read.returnUrl()).isEqualTo(RETURN_URL);
        assertThat(read.expired()).isFalse();
        assertThat(at(NOW.plus(Duration.ofMinutes(10)))
                        .read(request)
                        .orElseThrow()
                        .expired())
                .isTrue();
        assertThat(requests.read(request + "A")).isEmpty();
    }

    private static LinkRequests at(Instant now) {
        return new LinkRequests(KEYS, Clock.fixed(now, ZoneOffset.UTC));
    }
}
