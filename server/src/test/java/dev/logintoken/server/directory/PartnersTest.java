package dev.logintoken.server.directory;

import dev.logintoken.server.sandbox.TestSandbox;
import dev.logintoken.server.secret.Sha256;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static dev.logintoken.server.sandbox.TestSandbox.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

/** What a change of one partner leaves as it is: the other partners, and the other API keys. */
final class PartnersTest {

    private static final byte[] KEY = Sha256.of("a new API key");
    private static final byte[] ANOTHER_KEY = Sha256.of("another new API key");
    private static final int ID_BYTES = 8;

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Partners partners = sandbox.directory().partners();

    @Test
    void onePartnersLoginTokensAreRevokedAndNobodyElses() {
        byte[] stamp = stamp(PARTNER);
        byte[] others = stamp(WEBSITE);
        change(handle -> Partners.replaceStamp(handle, PARTNER));
        assertThat(stamp(PARTNER)).hasSameSizeAs(stamp).isNotEqualTo(stamp);
        assertThat(stamp(WEBSITE)).isEqualTo(others);
    }

    @Test
    void theLoginTokensOfAllPartnersAreRevokedAndTheirStampsDiffer() {
        byte[] stamp = stamp(PARTNER);
        byte[] others = stamp(WEBSITE);
        change(Partners::replaceStamps);
        assertThat(stamp(PARTNER)).isNotEqualTo(stamp).isNotEqualTo(stamp(WEBSITE));
        assertThat(stamp(WEBSITE)).isNotEqualTo(others);
    }

    @Test
    void aDisabledPartnerIsRefusedUntilItIsEnabledAndNoOtherIs() {
        byte[] stamp = stamp(PARTNER);
        change(handle -> Partners.disable(handle, PARTNER, sandbox.now()));
        assertThat(sandbox.partner(PARTNER).enabled()).isFalse();
        assertThat(partners.find("sandbox")).isEmpty();
        assertThat(partners.name(PARTNER)).isEmpty();
        assertThat(stamp(PARTNER)).as("login tokens are revoked, too").isNotEqualTo(stamp);
        assertThat(sandbox.partner(WEBSITE).enabled()).isTrue();
        assertThat(enable(PARTNER)).isTrue();
        assertThat(sandbox.partner(PARTNER).enabled()).isTrue();
        assertThat(partners.name(PARTNER)).contains("sandbox");
        assertThat(enable(UUID.randomUUID())).isFalse();
    }

    @Test
    void anApiKeyBelongsToItsFirstPartner() {
        assertThat(insertApiKey(KEY, PARTNER)).isTrue();
        assertThat(insertApiKey(KEY, WEBSITE)).isFalse();
        assertThat(partners.byApiKey(KEY).orElseThrow().uuid()).isEqualTo(PARTNER);
    }

    @Test
    void oneApiKeyIsRevokedAndNoOther() {
        insertApiKey(KEY, PARTNER);
        insertApiKey(ANOTHER_KEY, PARTNER);
        assertThat(revokeApiKey(KEY)).isTrue();
        assertThat(partners.byApiKey(KEY)).isEmpty();
        assertThat(partners.byApiKey(ANOTHER_KEY)).isPresent();
        assertThat(revokeApiKey(Sha256.of("nobody's"))).isFalse();
        assertThat(ofApiKey(KEY)).as("revoked, and still known").contains(PARTNER);
        assertThat(ofApiKey(Sha256.of("nobody's"))).isEmpty();
    }

    @Test
    void aNameIsTakenOnce() {
        assertThat(insert("sandbox")).isFalse();
        assertThat(insert("Sandbox")).as("upper and lower case differ").isTrue();
        assertThat(partners.find("sandbox").orElseThrow().uuid()).isEqualTo(PARTNER);
        assertThat(partners.find("SANDBOX")).isEmpty();
    }

    @Test
    void originsAreThoseOfThePartnerInAlphabeticalOrder() {
        UUID partner = UUID.randomUUID();
        change(handle -> {
            Partners.insert(handle, partner, "new", Partner.Role.APP, Optional.empty());
            Partners.insertOrigin(handle, partner, "https://b.example.com");
            Partners.insertOrigin(handle, partner, "https://a.example.com");
        });
        assertThat(partners.origins(partner)).containsExactly("https://a.example.com", "https://b.example.com");
        assertThat(partners.origins(WEBSITE)).doesNotContain("https://a.example.com");
    }

    @Test
    void aPasswordThatWasChangedMeanwhileIsNotReplaced() {
        partners.replaceHash(PARTNER, "another", "next");
        assertThat(hash()).isNotEqualTo("next");
        partners.replaceHash(PARTNER, hash(), "next");
        assertThat(hash()).isEqualTo("next");
        assertThat(partners.find("website").orElseThrow().passwordHash().orElseThrow())
                .isNotEqualTo("next");
    }

    private String hash() {
        return partners.find("sandbox").orElseThrow().passwordHash().orElseThrow();
    }

    private byte[] stamp(UUID partner) {
        return sandbox.partner(partner).stamp();
    }

    private boolean insert(String name) {
        return sandbox.database()
                .transaction(
                        handle -> Partners.insert(handle, UUID.randomUUID(), name, Partner.Role.APP, Optional.empty()));
    }

    private boolean insertApiKey(byte[] sha256, UUID partner) {
        return sandbox.database().transaction(handle -> Partners.insertApiKey(handle, sha256, partner));
    }

    private boolean revokeApiKey(byte[] sha256) {
        return sandbox.database().transaction(handle -> Partners.revokeApiKey(handle, id(sha256), sandbox.now()));
    }

    private Optional<UUID> ofApiKey(byte[] sha256) {
        return sandbox.database().transaction(handle -> Partners.ofApiKey(handle, id(sha256)));
    }

    private static byte[] id(byte[] sha256) {
        return Arrays.copyOf(sha256, ID_BYTES);
    }

    private boolean enable(UUID partner) {
        return sandbox.database().transaction(handle -> Partners.enable(handle, partner));
    }

    private void change(Consumer<Handle> change) {
        sandbox.database().transaction(handle -> {
            change.accept(handle);
            return true;
        });
    }
}
