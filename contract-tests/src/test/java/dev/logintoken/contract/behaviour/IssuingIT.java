package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Properties of an issued login token that no single answer shows. */
final class IssuingIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = SandboxExtension.shared();

    /** Where a token holds its expiry: unsigned seconds since the epoch. */
    private static final int EXPIRY_OFFSET = 2;

    @Test
    void twoCallsGetTwoTokens() {
        assertThat(field(issue(), "token")).isNotEqualTo(field(issue(), "token"));
    }

    @Test
    void expiryDateIsTheExpiryWithinTheToken() {
        Exchange issued = issue();
        byte[] token = Base64.getUrlDecoder().decode(field(issued, "token"));
        long expiry = Integer.toUnsignedLong(ByteBuffer.wrap(token).getInt(EXPIRY_OFFSET));
        assertThat(field(issued, "expiryDate"))
                .isEqualTo(Instant.ofEpochSecond(expiry).toString());
    }

    @Test
    void headHasTheStatusOfGetAlsoWhenItIsRefused() {
        Exchange refused = SANDBOX.api().send("HEAD", Api.LOGIN_TOKEN, "", Api.with("X-Api-Key", "nobodys-api-key"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEmpty();
    }

    /** Whichever line a server picked, one of these requests would pass. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void twoLinesOfAuthorizationAreTwoMethods(boolean firstIsGenuine, boolean secondIsGenuine) throws Exception {
        String genuine = "Bearer " + field(SANDBOX.api().authenticate(), "token");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(SANDBOX.service().url() + Api.LOGIN_TOKEN))
                .header("Authorization", firstIsGenuine ? genuine : "Bearer nonsense")
                .header("Authorization", secondIsGenuine ? genuine : "Bearer nonsense")
                .header("User-Identifier", ACTIVE_IDENTIFIER)
                .build();
        assertThat(codes(Exchange.of(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))))
                .containsExactly("ER803");
    }

    private static Exchange issue() {
        Exchange issued = SANDBOX.api().loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER);
        assertThat(issued.status()).isEqualTo(200);
        return issued;
    }
}
