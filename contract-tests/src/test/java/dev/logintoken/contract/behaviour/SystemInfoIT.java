package dev.logintoken.contract.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Each URL of the system information leads to its own page in its own region; its ETag changes with its content alone. */
final class SystemInfoIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = SandboxExtension.shared();

    @RegisterExtension
    private static final SandboxExtension ELSEWHERE =
            new SandboxExtension("-Dlogintoken.website.base-url=https://www.example.com");

    @ParameterizedTest
    @CsvSource({
        "urls, support, support",
        "urls, faq, faq",
        "urls, forgotPassword, forgot-password",
        "privateUrls, continueRegistration, continue-registration",
        "privateUrls, upgradeAccount, upgrade-account",
        "privateUrls, contactSupport, contact-support",
        "privateUrls, verifyBankAccount, verify-bank-account",
    })
    void everyUrlLeadsToItsOwnPageInItsOwnRegion(String group, String name, String page) {
        JsonNode info = Spec.read(get(SANDBOX).body());
        Map<String, String> expected = new TreeMap<>();
        info.path("supportedRegions")
                .forEach(region ->
                        expected.put(region.asText(), SANDBOX.service().url() + "/" + region.asText() + "/" + page));
        assertThat(expected).hasSizeGreaterThan(1);
        Map<String, String> urls = new TreeMap<>();
        info.path(group)
                .path(name)
                .properties()
                .forEach(url -> urls.put(url.getKey(), url.getValue().asText()));
        assertThat(urls).isEqualTo(expected);
    }

    @Test
    void theTagStaysWhileTheContentStays() {
        String tag = tag(SANDBOX);
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 3600));
        assertThat(tag(SANDBOX)).isEqualTo(tag);
    }

    @Test
    void theTagChangesWithTheContent() {
        assertThat(get(ELSEWHERE).body()).isNotEqualTo(get(SANDBOX).body());
        assertThat(tag(ELSEWHERE)).isNotEqualTo(tag(SANDBOX));
    }

    @Test
    void aClientThatHasTheContentGetsNoBody() {
        Exchange unchanged = get(SANDBOX, "If-None-Match", tag(SANDBOX));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.header("ETag")).contains(tag(SANDBOX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"another\"", "W/\"another\""})
    void aClientThatHasOtherContentGetsTheContent(String tag) {
        Exchange answer = get(SANDBOX, "If-None-Match", tag);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(get(SANDBOX).body());
    }

    private static String tag(SandboxExtension sandbox) {
        return get(sandbox).header("ETag").orElseThrow();
    }

    private static Exchange get(SandboxExtension sandbox, String... headers) {
        Map<String, String> all = Api.with(headers);
        all.put("X-Api-Key", Api.PARTNERS_KEY);
        return sandbox.api().send("GET", "/api/v1/system/info", "", all);
    }
}
