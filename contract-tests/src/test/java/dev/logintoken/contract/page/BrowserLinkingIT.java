package dev.logintoken.contract.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.logintoken.contract.client.Api;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Linking an account, as the user sees it and as the app confirms it, in a real browser. */
final class BrowserLinkingIT extends SandboxInBrowser {

    private static final Pattern COMES_BACK = Pattern.compile("/docs\\?linked&verifier=([A-Za-z0-9_-]{32})$");

    @Test
    void anIdentifierIsLinkedByConsentAndTheUserGoesBack() {
        String identifier = "browser" + System.nanoTime() + "0".repeat(40);
        page.navigate(linkUrl(identifier));
        chromium.inspect(page, "link-login");
        page.getByLabel("Email address").fill("active@example.com");
        page.getByLabel("Password").fill("wrong");
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".notice")).containsText("There is no account");
        chromium.inspect(page, "link-refused");
        page.getByLabel("Email address").fill("active@example.com");
        page.getByLabel("Password").fill("active-password");
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("h1")).hasText("Link your account to sandbox?");
        assertThat(page.locator(".who")).hasText(ACTIVE);
        chromium.inspect(page, "link-consent");
        assertThat(Api.codes(loginToken(identifier))).containsExactly("ER705");
        page.getByText("Link my account").click();
        assertThat(page).hasURL(COMES_BACK);
        assertThat(Api.codes(loginToken(identifier))).containsExactly("ER705");
        assertThat(confirm(identifier).status()).isEqualTo(204);
        assertThat(Api.field(loginToken(identifier), "uuid")).isEqualTo("45b9313b-fa47-4786-baf1-62969dec31f2");
    }

    @Test
    void aLinkedPageLeadsBackByItself() {
        // An answer without content leaves the page where it is, long enough to be looked at.
        profile.route("**/docs?linked&verifier=*", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        logIn(Api.ACTIVE_IDENTIFIER);
        page.navigate(linkUrl("halfway" + System.nanoTime() + "0".repeat(40)));
        page.getByText("Link my account").click();
        assertThat(page.locator("h1")).hasText("You agreed to the link");
        chromium.inspect(page, "link-agreed");
    }

    @Test
    void whoDoesNotConsentGoesBackUnlinked() {
        String identifier = "declined" + System.nanoTime() + "0".repeat(40);
        logIn(Api.ACTIVE_IDENTIFIER);
        page.navigate(linkUrl(identifier));
        page.getByText("No, back to sandbox").click();
        assertThat(page).hasURL(root + "/docs?linked");
        assertThat(Api.codes(loginToken(identifier))).containsExactly("ER705");
    }

    @Test
    void whatBelongsToAnotherAccountIsNotTaken() {
        String identifier = "taken" + System.nanoTime() + "0".repeat(40);
        String url = linkUrl(identifier);
        logIn(Api.ACTIVE_IDENTIFIER);
        page.navigate(url);
        page.getByText("Link my account").click();
        assertThat(page).hasURL(COMES_BACK);
        assertThat(confirm(identifier).status()).isEqualTo(204);
        logIn(Api.OTHER_IDENTIFIER);
        page.navigate(url);
        page.getByText("Link my account").click();
        assertThat(page.locator("h1")).hasText("The account could not be linked");
        chromium.inspect(page, "link-taken");
        assertThat(Api.field(loginToken(identifier), "uuid")).isEqualTo("45b9313b-fa47-4786-baf1-62969dec31f2");
    }

    @Test
    void theAppConfirmsALinkThatItsBrowserAskedFor() {
        page.navigate(root + "/");
        page.locator("#linking button").click();
        agreeAs("active@example.com", "active-password");
        assertThat(page).hasURL(root + "/app/linked");
        assertThat(page.locator("h1")).hasText("Back in the app");
        assertThat(page.locator("#verifier")).hasText(Pattern.compile("[A-Za-z0-9_-]{32}"));
        chromium.inspect(page, "app-linked");
        page.getByText("Confirm the link").click();
        assertThat(page.locator(".played")).containsText("The identifier is linked.");
        assertThat(page.locator(".played")).containsText("45b9313b-fa47-4786-baf1-62969dec31f2");
    }

    @Test
    void theAppDoesNotConfirmALinkThatSomebodyElseAskedFor() {
        String identifier = "attackers" + System.nanoTime() + "0".repeat(40);
        page.navigate(linkUrl(identifier, root + "/app/linked"));
        agreeAs("other@example.com", "other-password");
        assertThat(page.locator(".played")).containsText("This browser did not ask for a link");
        assertThat(page.getByText("Confirm the link")).isHidden();
        chromium.inspect(page, "app-stranger");
        assertThat(Api.codes(loginToken(identifier))).containsExactly("ER705");
    }

    @Test
    void aLinkRequestThatIsNotGenuineSaysSo() {
        page.navigate(root + "/de-at/link?request=nonsense");
        assertThat(page.locator("h1")).hasText("Diese Anfrage ist nicht gültig");
        chromium.inspect(page, "link-invalid");
    }

    @Test
    void aLinkRequestThatIsTooOldSaysSo() {
        String url = linkUrl("tooold" + System.nanoTime() + "0".repeat(40));
        api.post("/_pact/provider-states", Map.of("state", "the clock is ahead", "params", Map.of("seconds", 601)));
        page.navigate(url);
        api.post("/_pact/provider-states", Map.of("state", "the clock is ahead", "action", "teardown"));
        assertThat(page.locator("h1")).hasText("This request has expired");
        chromium.inspect(page, "link-expired");
    }

    /** Does what the partner does with the URL that the browser came back to. */
    private Exchange confirm(String identifier) {
        Matcher verifier = COMES_BACK.matcher(page.url());
        assertThat(verifier.find()).as(page.url()).isTrue();
        return api.confirm(identifier, verifier.group(1));
    }

    private void agreeAs(String email, String password) {
        page.getByLabel("Email address").fill(email);
        page.getByLabel("Password").fill(password);
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("Link my account").click();
    }

    private static String linkUrl(String identifier) {
        return linkUrl(identifier, root + "/docs?linked");
    }

    private static String linkUrl(String identifier, String returnUrl) {
        Exchange registered = api.registerFor(returnUrl, identifier);
        Matcher url = Pattern.compile("\"en-gb\":\"([^\"]*)").matcher(registered.body());
        assertThat(url.find()).as(registered.body()).isTrue();
        return url.group(1).replace("127.0.0.1", "localhost");
    }
}
