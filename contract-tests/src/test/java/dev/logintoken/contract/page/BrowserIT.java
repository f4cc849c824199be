package dev.logintoken.contract.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Service;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What people see and do, in a real browser, under a context path. */
@Tag("slow")
@Timeout(120) // A browser that hangs would hang the build.
@SuppressWarnings("NullAway.Init")
final class BrowserIT {

    private static Chromium chromium;
    private static Service service;
    private static String root;

    private BrowserContext profile;
    private Page page;

    private static final String DATABASE = "jdbc:h2:file:./data;AUTO_SERVER=TRUE";
    private static final String ACTIVE = "a•••@example.com";
    private static final String OTHER = "o•••@example.com";
    private static final Pattern COMES_BACK = Pattern.compile("/docs\\?linked&verifier=([A-Za-z0-9_-]{32})$");

    @TempDir
    private static Path directory;

    private static Api api;

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

    @Test
    void oneClickLeadsToALoggedInPrivatePage() {
        page.navigate(root + "/");
        Page opened =
                profile.waitForPage(() -> page.locator("#playground button").click());
        assertThat(page.locator(".played").first()).containsText("/api/v1/user/login-token");
        assertThat(opened).hasURL(root + "/en-gb/continue-registration");
        assertThat(opened.locator(".who")).hasText(ACTIVE);
        chromium.inspect(opened, "private-confirm");
        opened.getByText("Log in and continue").click();
        assertThat(opened.locator(".state")).hasText("Logged in");
        assertThat(opened.locator(".who")).hasText(ACTIVE);
        assertThat(opened).hasURL(root + "/en-gb/continue-registration");
        chromium.inspect(opened, "private-logged-in");
        assertThat(profile.cookies()).hasSize(2).allSatisfy(cookie -> {
            assertThat(cookie.name).startsWith("__Host-login-token-");
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            assertThat(cookie.path).isEqualTo("/");
        });
        page.getByText("Open the private page here").click();
        assertThat(page.locator(".state")).hasText("Logged in");
        page.navigate(root + "/en-gb/dashboard");
        page.goBack();
        assertThat(page).hasURL(root + "/en-gb/continue-registration");
        opened.getByText("Log out").click();
        assertThat(opened.locator("h1")).hasText("You are not logged in");
        chromium.inspect(opened, "private-logged-out");
    }

    @Test
    void aDoubleClickLogsInAndTheLinkIsUsedInAnotherBrowser() {
        String link = privateUrl("en-gb", loginToken(Api.ACTIVE_IDENTIFIER));
        page.navigate(link);
        page.getByText("Log in and continue").dblclick();
        assertThat(page.locator(".state")).hasText("Logged in");
        try (BrowserContext another = chromium.profile()) {
            Page stranger = another.newPage();
            stranger.navigate(link);
            assertThat(stranger.locator("h1")).hasText("This link has been used");
            assertThat(stranger).hasURL(root + "/en-gb/contact-support");
            chromium.inspect(stranger, "private-used");
        }
    }

    /** By the address that the banner prints. */
    @Test
    void theLoopNeedsNoScript() {
        try (BrowserContext plain = chromium.profileWithoutScripts()) {
            Page bare = plain.newPage();
            bare.navigate(privateUrl("de-at", loginToken(Api.ACTIVE_IDENTIFIER)).replace("localhost", "127.0.0.1"));
            bare.locator("button").click();
            assertThat(bare.locator(".state")).hasText("Angemeldet");
            assertThat(bare).hasURL(service.url() + "/de-at/contact-support");
        }
    }

    @Test
    void whoIsLoggedInIsAskedBeforeAnotherUserIs() {
        logIn(Api.ACTIVE_IDENTIFIER);
        page.navigate(privateUrl("en-gb", loginToken(Api.OTHER_IDENTIFIER)));
        assertThat(page.locator(".notice")).containsText("You are logged in as " + ACTIVE);
        assertThat(page.locator(".who")).hasText(OTHER);
        chromium.inspect(page, "private-other");
        page.getByText("Stay logged in").click();
        assertThat(page.locator(".who")).hasText(ACTIVE);
        page.navigate(privateUrl("en-gb", loginToken(Api.OTHER_IDENTIFIER)));
        page.getByText("Switch to this account").click();
        assertThat(page.locator(".state")).hasText("Logged in");
        assertThat(page.locator(".who")).hasText(OTHER);
    }

    @Test
    void whoLogsInElsewhereMeanwhileIsAskedAllTheSame() {
        page.navigate(privateUrl("en-gb", loginToken(Api.OTHER_IDENTIFIER)));
        Page first = page;
        page = profile.newPage();
        logIn(Api.ACTIVE_IDENTIFIER);
        first.getByText("Log in and continue").click();
        assertThat(first.locator(".notice")).containsText("You are logged in as " + ACTIVE);
    }

    @Test
    void anExpiredLinkSaysSo() {
        page.navigate(privateUrl("fr-fr", state("an expired login token")));
        assertThat(page.locator("h1")).hasText("Ce lien a expiré");
        chromium.inspect(page, "private-expired");
    }

    @Test
    void aLinkThatIsNotGenuineSaysSo() {
        page.navigate(root + "/nl-nl/contact-support?token=cut&uuid=off");
        assertThat(page.locator("h1")).hasText("Deze link is niet geldig");
        assertThat(page).hasURL(root + "/nl-nl/contact-support");
        chromium.inspect(page, "private-invalid");
        page.navigate(privateUrl("nl-nl", state("a login token of a deleted user")));
        assertThat(page.locator("h1")).hasText("Deze link is niet geldig");
    }

    @Test
    void aUserWhoIsDeletedIsLoggedOut() throws SQLException {
        Exchange token = loginToken(Api.field(state("a user with an identifier"), "userIdentifier"));
        page.navigate(privateUrl("en-gb", token));
        page.getByText("Log in and continue").click();
        assertThat(page.locator(".state")).hasText("Logged in");
        try (Connection database = DriverManager.getConnection(DATABASE.replace("./", directory + "/"));
                PreparedStatement delete =
                        database.prepareStatement("update account set deleted_at = current_timestamp where uuid = ?")) {
            delete.setObject(1, UUID.fromString(Api.field(token, "uuid")));
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
        page.reload();
        assertThat(page.locator("h1")).hasText("This account no longer exists");
        chromium.inspect(page, "private-gone");
        page.reload();
        assertThat(page.locator("h1")).hasText("You are not logged in");
    }

    @Test
    void aFormWhoseCookieIsGoneChangesNothing() {
        page.navigate(privateUrl("en-gb", loginToken(Api.ACTIVE_IDENTIFIER)));
        profile.clearCookies();
        page.getByText("Log in and continue").click();
        assertThat(page.locator("h1")).hasText("We could not be sure that this was you");
        chromium.inspect(page, "private-foreign");
        assertThat(profile.cookies()).extracting(cookie -> cookie.name).allMatch(name -> name.endsWith("-form"));
    }

    @Test
    void onPlainHttpAPageSaysWhyItCannotLogIn() {
        page.navigate(privateUrl("en-gb", loginToken(Api.ACTIVE_IDENTIFIER)).replace("localhost", Chromium.PLAIN_HOST));
        assertThat(page.locator("h1")).hasText("This page needs https");
        assertThat(page.locator("article")).containsText(Chromium.PLAIN_HOST);
        chromium.inspect(page, "private-insecure");
    }

    @Test
    void aFailureIsAPageToo() {
        String url = privateUrl("en-gb", loginToken(Api.ACTIVE_IDENTIFIER));
        state("the database does not answer");
        page.navigate(url);
        api.post("/_pact/provider-states", Map.of("state", "the database does not answer", "action", "teardown"));
        assertThat(page.locator("h1")).hasText("Something went wrong");
        chromium.inspect(page, "failed");
    }

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
        assertThat(Api.codes(byIdentifier(identifier))).containsExactly("ER705");
        page.getByText("Link my account").click();
        assertThat(page).hasURL(COMES_BACK);
        assertThat(Api.codes(byIdentifier(identifier))).containsExactly("ER705");
        assertThat(confirm(identifier).status()).isEqualTo(204);
        assertThat(Api.field(byIdentifier(identifier), "uuid")).isEqualTo("45b9313b-fa47-4786-baf1-62969dec31f2");
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
        assertThat(Api.codes(byIdentifier(identifier))).containsExactly("ER705");
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
        assertThat(Api.field(byIdentifier(identifier), "uuid")).isEqualTo("45b9313b-fa47-4786-baf1-62969dec31f2");
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
        assertThat(Api.codes(byIdentifier(identifier))).containsExactly("ER705");
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

    /** The renderer fills an operation in a moment after it was opened; nobody is quicker than that but a test. */
    private void awaitDetails(String path) {
        page.waitForFunction("path => ui.getSystem().specSelectors.specResolvedSubtree(['paths', path, 'get'])", path);
    }

    private void logIn(String identifier) {
        page.navigate(privateUrl("en-gb", loginToken(identifier)));
        page.locator("form button").first().click();
        assertThat(page.locator(".state")).hasText("Logged in");
    }

    private static Exchange loginToken(String identifier) {
        return api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", identifier);
    }

    private static Exchange byIdentifier(String identifier) {
        return loginToken(identifier);
    }

    private static Exchange state(String name) {
        return api.post("/_pact/provider-states", Map.of("state", name));
    }

    private static String privateUrl(String region, Exchange login) {
        String token = Api.field(login, "token");
        return root + "/" + region + "/contact-support?token="
                + (token.isEmpty() ? Api.field(login, "loginToken") : token) + "&uuid=" + Api.field(login, "uuid");
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
