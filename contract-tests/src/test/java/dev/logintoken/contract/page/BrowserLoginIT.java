package dev.logintoken.contract.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.logintoken.contract.client.Api;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** From a login token to a logged-in private page, and each error page on the way, in a real browser. */
final class BrowserLoginIT extends SandboxInBrowser {

    private static final String OTHER = "o•••@example.com";

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
}
