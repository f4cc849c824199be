package dev.logintoken.contract.page;

import com.microsoft.playwright.Locator;
import dev.logintoken.contract.client.Api;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The landing page, the API reference and the journal, in a real browser. */
final class BrowserIT extends SandboxInBrowser {

    @Test
    void theLandingPageCopiesValues() {
        page.navigate(root + "/");
        chromium.shoot(page, "landing");
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
        awaitDetails("/api/v1/user/login-token");
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
        awaitDetails("/api/v1/system/info");
        operation.locator(".execute").focus();
        page.keyboard().press("Enter");
        assertThat(operation.locator(".live-responses-table")).containsText("supportedRegions");
    }

    @Test
    void theSandboxHasAReferenceOfItsOwn() {
        page.navigate(root + "/docs/sandbox");
        Locator operation = page.locator("#operations-Control-getClock");
        operation.locator(".opblock-summary-control").click();
        operation.locator(".execute").click();
        assertThat(operation.locator(".live-responses-table")).containsText("frozen");
        chromium.inspect(page, "docs-sandbox");
    }

    @Test
    void theJournalShowsRequestsAsTheyCome() {
        api.send("DELETE", "/_sandbox/journal", "", Map.of());
        page.navigate(root + "/journal");
        assertThat(page.locator("#note")).containsText("No request matches yet.");
        api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", "unlinked00000000000000000000000000000000");
        Locator entry = page.locator("#journal details");
        assertThat(entry).containsText("ER705");
        assertThat(page.locator("#note")).hasCount(0);
        entry.locator("summary").click();
        api.loginToken();
        assertThat(entry).hasCount(2);
        assertThat(entry.last()).hasAttribute("open", "");
        assertThat(entry.last().locator("pre").first()).containsText("X-Api-Key: (masked)");
        chromium.inspect(page, "journal");
        page.getByLabel("Code or status").fill("ER705");
        page.keyboard().press("Enter");
        assertThat(entry).hasCount(1);
        page.navigate(root + "/journal?run=none-such");
        assertThat(page.locator("#note")).containsText("There is no test run “none-such”.");
        chromium.inspect(page, "journal-none");
    }

    @Test
    void aMistypedAddressIsAPage() {
        page.navigate(root + "/dcos");
        assertThat(page.locator("h1")).containsText("There is no such page");
        chromium.inspect(page, "mistyped");
    }

    @Test
    void errorsCanBeSearched() {
        page.navigate(root + "/docs");
        assertThat(page.locator("#operations")).isVisible();
        chromium.inspect(page, "docs");
        page.getByLabel("Search").fill("getLoginToken expired");
        assertThat(page.locator("#catalog tbody:visible th")).hasText(new String[] {"ER701", "ER801"});
        assertThat(page.locator("#found")).containsText("0 of 9 operations, 2 of ");
    }

    @Test
    void operationsCanBeSearchedByFieldAndOpened() {
        page.navigate(root + "/docs");
        assertThat(page.locator("#operations-User-getLoginToken")).isVisible();
        page.getByLabel("Search").fill("expirydate");
        Locator found = page.locator(".operations > li:visible");
        assertThat(found).hasCount(1);
        found.getByText("Samples").click();
        found.getByLabel("Copy the sample in Python").click();
        assertThat(page.evaluate("navigator.clipboard.readText()").toString()).startsWith("from urllib.request import");
        chromium.inspect(page, "docs-samples");
        found.locator("a").click();
        awaitDetails("/api/v1/user/login-token");
        assertThat(page.locator("#operations-User-getLoginToken .opblock-summary-control"))
                .isFocused();
        assertThat(page).hasURL(root + "/docs#/User/getLoginToken");
        assertThat(page.locator("#operations-User-getLoginToken .responses-table .headers-wrapper"))
                .hasCount(0);
    }

    /** The renderer fills an operation in a moment after it was opened; nobody is quicker than that but a test. */
    private void awaitDetails(String path) {
        page.waitForFunction("path => ui.getSystem().specSelectors.specResolvedSubtree(['paths', path, 'get'])", path);
    }
}
