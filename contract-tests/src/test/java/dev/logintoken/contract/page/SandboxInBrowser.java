package dev.logintoken.contract.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Service;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A real browser on a sandbox under a context path. Each test has a profile of its own, and ends without a complaint. */
@Tag("slow")
@Timeout(120) // A browser that hangs would hang the build.
@SuppressWarnings("NullAway.Init")
abstract class SandboxInBrowser {

    static final String DATABASE = "jdbc:h2:file:./data;AUTO_SERVER=TRUE";
    static final String ACTIVE = "a•••@example.com";

    @TempDir
    static Path directory;

    static Chromium chromium;
    static Service service;
    static String root;
    static Api api;
    BrowserContext profile;
    Page page;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        service = Service.startIn(
                directory,
                List.of(
                        "-Dlogintoken.sandbox=true",
                        "-Dlogintoken.db.url=" + DATABASE,
                        "-Dlogintoken.sandbox.hosts=" + Chromium.PLAIN_HOST,
                        "-Dlogintoken.http.context-path=/some/where"));
        api = new Api(service.url());
        root = service.url().toString().replace("127.0.0.1", "localhost");
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
            chromium.close();
        }
    }

    @BeforeEach
    void openProfile() {
        profile = chromium.profile();
        page = profile.newPage();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        profile.close();
        assertThat(chromium.complaints()).isEmpty();
    }

    void logIn(String identifier) {
        page.navigate(privateUrl("en-gb", loginToken(identifier)));
        page.locator("form button").first().click();
        assertThat(page.locator(".state")).hasText("Logged in");
    }

    static Exchange loginToken(String identifier) {
        return api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", identifier);
    }

    static Exchange state(String name) {
        return api.post("/_pact/provider-states", Map.of("state", name));
    }

    static String privateUrl(String region, Exchange login) {
        String token = Api.field(login, "token");
        return root + "/" + region + "/contact-support?token="
                + (token.isEmpty() ? Api.field(login, "loginToken") : token) + "&uuid=" + Api.field(login, "uuid");
    }
}
