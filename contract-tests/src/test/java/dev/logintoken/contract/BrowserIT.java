package dev.logintoken.contract;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What people see and do, in a real browser, under a context path. */
@SuppressWarnings("NullAway.Init")
final class BrowserIT {

    private static Chromium chromium;
    private static Service service;
    private static String root;

    private BrowserContext profile;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.startOrSkip();
        service = Service.start("-Dlogintoken.http.context-path=/some/where");
        root = service.url().toString();
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

    @Test
    void theLandingPageCopiesValues() {
        page.navigate(root + "/");
        page.getByLabel("Copy API key website-api-key").click();
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("website-api-key");
        page.reload();
        chromium.inspect(page, "landing");
    }

    @Test
    void theReferenceTriesOutThisVeryService() {
        page.navigate(root + "/docs");
        Locator operation = page.locator("#operations-User-getLoginToken");
        operation.locator(".opblock-summary-control").click();
        operation.locator(".execute").click();
        Locator answer = operation.locator(".live-responses-table");
        assertThat(answer).containsText("45b9313b-fa47-4786-baf1-62969dec31f2");
        assertThat(operation.locator(".request-url")).containsText(root + "/api/v1/user/login-token");
        chromium.inspect(page, "docs-operation");
    }

    @Test
    void theReferenceCanBeUsedByKeyboard() {
        page.navigate(root + "/docs");
        Locator operation = page.locator("#operations-System-getSystemInfo");
        operation.locator(".opblock-summary-control").focus();
        page.keyboard().press("Enter");
        operation.locator(".execute").focus();
        page.keyboard().press("Enter");
        assertThat(operation.locator(".live-responses-table")).containsText("supportedRegions");
    }

    @Test
    void errorsCanBeSearched() {
        page.navigate(root + "/docs");
        assertThat(page.locator("#operations")).isVisible();
        chromium.inspect(page, "docs");
        page.getByLabel("Search").fill("getLoginToken expired");
        assertThat(page.locator("#catalog tbody:visible th")).hasText(new String[] {"ER701", "ER801"});
        assertThat(page.locator("#found")).containsText("2 of ");
    }
}
