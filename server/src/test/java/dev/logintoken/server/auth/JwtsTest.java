package dev.logintoken.server.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.KeySet;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class JwtsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final UUID PARTNER = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final UUID SESSION = UUID.randomUUID();

    private final Jwts jwts = at(NOW);

    @Test
    void aPartnerTokenSaysWhoAndHowLong() {
        Claims claims = jwts.partnerClaims(jwts.partnerToken(PARTNER, SESSION)).orElseThrow();
        assertThat(claims).isEqualTo(new Claims(PARTNER, PARTNER, SESSION, NOW.plus(Duration.ofHours(1))));
    }

    @Test
    void aUserTokenSaysThroughWhichPartner() {
        Claims claims = jwts.userClaims(jwts.userToken(USER, PARTNER, SESSION)).orElseThrow();
        assertThat(claims).isEqualTo(new Claims(USER, PARTNER, SESSION, NOW.plus(Duration.ofHours(1))));
    }

    /** A signature of 32 bytes leaves two bits of the last character unused. */
    @Test
    void aTokenHasOneSpelling() {
        String token = jwts.partnerToken(PARTNER, SESSION);
        String start = token.substring(0, token.length() - 1);
        char last = token.charAt(token.length() - 1);
        for (int unused = 1; unused < 4; unused++) {
            assertThat(jwts.partnerClaims(start + (char) (last + unused))).isEmpty();
        }
        for (String end : List.of("=", "==", "\"", "~~~~", ".", " ", "\n", "A")) {
            assertThat(jwts.partnerClaims(token + end)).isEmpty();
        }
        assertThat(jwts.partnerClaims(token.replaceFirst("\\.", ".="))).isEmpty();
        assertThat(jwts.partnerClaims(token)).isPresent();
    }

    @Test
    void oneKindOfTokenIsNotTakenForTheOther() {
        assertThat(jwts.userClaims(jwts.partnerToken(PARTNER, SESSION))).isEmpty();
        assertThat(jwts.partnerClaims(jwts.userToken(USER, PARTNER, SESSION))).isEmpty();
    }

    @Test
    void aTokenExpiresThirtySecondsAfterItsTime() {
        Claims claims =
                jwts.partnerClaims(jwts.partnerToken(PARTNER, SESSION, NOW)).orElseThrow();
        assertThat(at(NOW.plusSeconds(29)).expired(claims)).isFalse();
        assertThat(at(NOW.plusSeconds(30)).expired(claims)).isTrue();
    }

    @Test
    void aTokenHasOutlivedAnySessionOnceItWasIssuedLongerAgo() {
        Claims claims = jwts.userClaims(jwts.userToken(USER, PARTNER, SESSION)).orElseThrow();
        assertThat(at(NOW.plus(Duration.ofDays(30))).outlived(claims, Duration.ofDays(30)))
                .isFalse();
        assertThat(at(NOW.plus(Duration.ofDays(30)).plusSeconds(1)).outlived(claims, Duration.ofDays(30)))
                .isTrue();
    }

    @Test
    void aKeyOfLessThan32BytesIsRefused() {
        assertThatThrownBy(() -> KeySet.of("1", new byte[31], HmacKey::of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A key for HS256 has at least 32 bytes.");
    }

    @Test
    void noByteOfATokenCanBeChanged() {
        String token = jwts.partnerToken(PARTNER, SESSION);
        for (int i = 0; i < token.length(); i++) {
            char changed = token.charAt(i) == 'A' ? 'B' : 'A';
            String other = token.substring(0, i) + changed + token.substring(i + 1);
            // The last character of 32 bytes in base64url has two unused bits.
            if (i < token.length() - 1) {
                assertThat(jwts.partnerClaims(other)).as("character %d", i).isEmpty();
            }
        }
    }

    @Test
    void aTokenWithoutASignatureIsNotOurs() {
        String[] parts = jwts.partnerToken(PARTNER, SESSION).split("\\.");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"alg\":\"none\",\"typ\":\"partner+jwt\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(jwts.partnerClaims(none + "." + parts[1] + ".")).isEmpty();
    }

    @Test
    void anotherIssuerAudienceTypeOrKeyIsNotOurs() throws Exception {
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims()))).isPresent();
        assertThat(jwts.partnerClaims(signed("JWT", "1", claims()))).isEmpty();
        assertThat(jwts.partnerClaims(signed("partner+jwt", "2", claims()))).isEmpty();
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims().issuer("other"))))
                .isEmpty();
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims().audience("other"))))
                .isEmpty();
    }

    @Test
    void aTokenThatLacksAClaimIsNotOurs() throws Exception {
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims().subject(null))))
                .isEmpty();
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims().subject("no-uuid"))))
                .isEmpty();
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims().expirationTime(null))))
                .isEmpty();
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims().claim("sid", null))))
                .isEmpty();
        assertThat(jwts.partnerClaims(signed("partner+jwt", "1", claims().claim("sid", 7))))
                .isEmpty();
        assertThat(jwts.userClaims(signed("user+jwt", "1", claims()))).isEmpty();
    }

    @Test
    void aTokenThatWasGenuineIsSoNoLongerThanItsKeyVerifies() {
        Instant[] end = {Instant.MAX};
        KeySet<HmacKey> keys = new KeySet<>(
                () -> List.of(new Key("1", KEY, Instant.MIN, end[0])), HmacKey::of, Clock.fixed(NOW, ZoneOffset.UTC));
        Jwts known = new Jwts(keys, Clock.fixed(NOW, ZoneOffset.UTC));
        String token = known.partnerToken(PARTNER, SESSION);
        assertThat(known.partnerClaims(token)).isPresent();
        end[0] = NOW;
        keys.reload();
        assertThat(known.partnerClaims(token)).isEmpty();
    }

    @Test
    void aTokenThatIsTooLongIsNotRead() throws Exception {
        String fits = signed("partner+jwt", "1", claims().claim("filler", "x".repeat(2_833)));
        String tooLong = signed("partner+jwt", "1", claims().claim("filler", "x".repeat(2_834)));
        assertThat(fits).hasSize(4096);
        assertThat(tooLong.length()).isGreaterThan(4096);
        assertThat(jwts.partnerClaims(fits)).isPresent();
        assertThat(jwts.partnerClaims(tooLong)).isEqualTo(Optional.empty());
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("login-token")
                .audience("login-token")
                .subject(PARTNER.toString())
                .expirationTime(Date.from(NOW))
                .claim("sid", SESSION.toString());
    }

    private static String signed(String type, String keyId, JWTClaimsSet.Builder claims) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType(type))
                        .keyID(keyId)
                        .build(),
                claims.build());
        token.sign(new MACSigner(KEY));
        return token.serialize();
    }

    private static Jwts at(Instant now) {
        return new Jwts(KeySet.of("1", KEY, HmacKey::of), Clock.fixed(now, ZoneOffset.UTC));
    }
}
