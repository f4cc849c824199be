package dev.logintoken.server.administration;

import dev.logintoken.server.administration.PartnerAdministration.ApiKey;
import dev.logintoken.server.sandbox.TestSandbox;
import dev.logintoken.server.secret.Sha256;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.Optional;

import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

/** An operator issues, lists and revokes API keys, and names them by the start of their hash. */
final class ApiKeyAdministrationTest {

    private static final byte[] KEY = Sha256.of("a new API key");
    private static final String ID = HexFormat.of().formatHex(KEY).substring(0, 16);

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Administration administration =
            new Administration(sandbox.database(), sandbox.clock(), "an operator");
    private final PartnerAdministration partners = administration.partners();

    @Test
    void aKeyIsValidOnceItIsIssued() {
        assertThat(partners.issueApiKey(ELSEWHERE, KEY)).isEqualTo(ID);
        assertThat(sandbox.directory().partnerByApiKey(KEY).orElseThrow().uuid())
                .isEqualTo(ELSEWHERE);
        assertThat(partners.apiKeys(Optional.of(ELSEWHERE)))
                .containsExactly(new ApiKey(ID, "elsewhere", Optional.empty()));
        partners.issueApiKey(ELSEWHERE, KEY);
        assertAudited("api-key issue");
    }

    @Test
    void aRevokedKeyStaysInTheListWithTheTime() {
        partners.issueApiKey(ELSEWHERE, KEY);
        assertThat(partners.revokeApiKey(ID)).isTrue();
        assertThat(sandbox.directory().partnerByApiKey(KEY)).isEmpty();
        assertThat(partners.apiKeys(Optional.of(ELSEWHERE)))
                .containsExactly(new ApiKey(ID, "elsewhere", Optional.of(sandbox.now())));
        assertAudited("api-key revoke");
    }

    @Test
    void aKeyThatNobodyHasIsNotRevoked() {
        assertThat(partners.revokeApiKey(ID)).isFalse();
        assertThat(Trail.of(administration, "api-key revoke")).isEmpty();
    }

    @Test
    void theKeysOfOnePartnerOrOfAllAreListed() {
        partners.issueApiKey(ELSEWHERE, KEY);
        assertThat(partners.apiKeys(Optional.of(WEBSITE)))
                .extracting(ApiKey::partner)
                .containsExactly("website");
        assertThat(partners.apiKeys(Optional.empty()))
                .extracting(ApiKey::partner)
                .containsExactly("elsewhere", "sandbox", "website");
    }

    private void assertAudited(String action) {
        assertThat(Trail.of(administration, action)).singleElement().satisfies(row -> {
            assertThat(row.actor()).isEqualTo("an operator");
            assertThat(row.partner()).contains(ELSEWHERE);
            assertThat(row.token()).contains(ID);
        });
    }
}
