package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.fuzz.oracle.World;
import dev.logintoken.contract.fuzz.oracle.World.Client;
import dev.logintoken.contract.fuzz.oracle.World.Identifier;
import dev.logintoken.contract.fuzz.oracle.World.LoginToken;
import dev.logintoken.contract.fuzz.oracle.World.PartnerToken;
import dev.logintoken.contract.fuzz.oracle.World.Password;
import dev.logintoken.contract.fuzz.oracle.World.RefreshToken;
import dev.logintoken.contract.fuzz.oracle.World.UserState;
import dev.logintoken.contract.fuzz.oracle.World.UserToken;
import dev.logintoken.contract.pact.ProviderStatesClient;
import dev.logintoken.kit.Exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes a world in a sandbox: its fixture, and what provider states add to it. */
final class Founding {

    static final String ACTIVE = "45b9313b-fa47-4786-baf1-62969dec31f2";
    static final String ACTIVE_IDENTIFIER = "activeuser000000000000000000000000000000";
    static final String UNLINKED_IDENTIFIER = "unlinked00000000000000000000000000000000";
    static final String PARTNERS_KEY = "sandbox-api-key";
    static final String WEBSITES_KEY = "website-api-key";
    static final Client PARTNER = new Client(World.PARTNER, false);
    static final Client WEBSITE = new Client(id("partner website"), true);

    private static final String ELSEWHERE = id("partner elsewhere");
    private static final String OTHER = id("user other");
    private static final String PENDING = id("user pending");
    private static final String DELETED = id("user deleted");
    private static final String USED = "ER823";
    private static final String INVALID = "ER821";

    private final World world = new World();
    private final ProviderStatesClient states;
    private final Api api;

    private Founding(URI service) {
        this.states = new ProviderStatesClient(service);
        this.api = new Api(service);
    }

    /** A world in the sandbox at this address. */
    static World found(URI service) {
        Founding founding = new Founding(service);
        founding.clients();
        founding.users();
        founding.refreshTokens();
        founding.loginTokens();
        return founding.world;
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(("login-token sandbox: " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private String value(String state, String name) {
        return String.valueOf(states.setUp(state).get(name));
    }

    private void clients() {
        world.apiKeys().share(PARTNERS_KEY, PARTNER);
        world.apiKeys().share(WEBSITES_KEY, WEBSITE);
        world.apiKeys().share(value("an API key", "apiKey"), PARTNER);
        world.apiKeys().mention(value("a revoked API key", "apiKey"));
        world.apiKeys().mention(value("an API key of a disabled partner", "apiKey"));
        world.apiKeys().mention(World.FAILURE_KEY);
        partnerToken("a partner token", true, false, false);
        partnerToken("an expired partner token", true, true, false);
        partnerToken("a revoked partner token", true, false, true);
        partnerToken("an expired and revoked partner token", true, true, true);
        partnerToken("a partner token of an unknown partner", false, false, false);
        partnerToken("an expired partner token of an unknown partner", false, true, false);
        partnerToken("a partner token of a disabled partner", true, false, true);
        world.partnerTokens().mention(value("a partner token signed with another key", "partnerToken"));
        Exchange website =
                api.post("/api/v1/authenticate", Map.of("username", "website", "password", "website-password"));
        if (website.status() == 200) { // Else too many have tried it with a wrong password.
            world.partnerTokens().share(Api.field(website, "token"), new PartnerToken(WEBSITE, true, false, false));
        }
        world.partners().share("sandbox", new Password("sandbox-password", World.PARTNER));
        world.partners().share("website", new Password("website-password", WEBSITE.partner()));
        world.partners().mention("elsewhere");
    }

    private void partnerToken(String state, boolean known, boolean expired, boolean revoked) {
        world.partnerTokens().share(value(state, "partnerToken"), new PartnerToken(PARTNER, known, expired, revoked));
    }

    private void users() {
        world.users().own(ACTIVE, UserState.ACTIVE);
        world.users().own(OTHER, UserState.ACTIVE);
        world.users().own(PENDING, UserState.PENDING);
        world.users().own(DELETED, UserState.DELETED);
        world.accounts().share("active@example.com", new Password("active-password", ACTIVE));
        world.accounts().share("other@example.com", new Password("other-password", OTHER));
        world.accounts().share("pending@example.com", new Password("pending-password", PENDING));
        world.accounts().mention("deleted@example.com");
        identifier(ACTIVE_IDENTIFIER, World.PARTNER, ACTIVE);
        identifier("otheruser0000000000000000000000000000000", World.PARTNER, OTHER);
        identifier("pendinguser00000000000000000000000000000", World.PARTNER, PENDING);
        identifier("deleteduser00000000000000000000000000000", World.PARTNER, DELETED);
        world.identifiers().share(UNLINKED_IDENTIFIER, new Identifier(World.PARTNER, Optional.empty()));
        identifier("elsewhere0000000000000000000000000000000", ELSEWHERE, ACTIVE);
        userToken("a user token", ACTIVE, World.PARTNER, false, false, false);
        userToken("a user token of another user", OTHER, World.PARTNER, false, false, false);
        userToken("an expired user token", ACTIVE, World.PARTNER, true, false, false);
        userToken("a user token that expired long ago", ACTIVE, World.PARTNER, true, true, false);
        userToken("a user token that was logged out", ACTIVE, World.PARTNER, false, false, true);
        userToken("a user token issued through another partner", ACTIVE, ELSEWHERE, false, false, false);
        world.userTokens().mention(value("a user token signed with another key", "userToken"));
        user("a deleted user", UserState.DELETED);
        user("a user with a document under review", UserState.PENDING);
        user("a user who was deleted while a document was under review", UserState.DELETED);
    }

    private void identifier(String identifier, String partner, String user) {
        world.identifiers().share(identifier, new Identifier(partner, Optional.of(user)));
    }

    private void userToken(
            String state, String user, String partner, boolean expired, boolean outlived, boolean loggedOut) {
        world.userTokens()
                .share(
                        value(state, "userToken"),
                        new UserToken(user, partner, expired, outlived, loggedOut, expired || loggedOut));
    }

    private void user(String state, UserState userState) {
        Map<String, Object> known = states.setUp(state);
        String uuid = String.valueOf(known.get("uuid"));
        world.users().own(uuid, userState);
        identifier(String.valueOf(known.get("userIdentifier")), World.PARTNER, uuid);
        world.userTokens()
                .share(
                        String.valueOf(known.get("userToken")),
                        new UserToken(uuid, World.PARTNER, false, false, false, false));
    }

    private void refreshTokens() {
        // The purge may have deleted it meanwhile.
        refreshToken("an expired refresh token", Optional.empty(), World.PARTNER, "ER822", INVALID);
        // Its second use revokes the family, unless it comes soon; then it is invalid.
        refreshToken("a refresh token that was used a moment ago", Optional.empty(), World.PARTNER, USED, INVALID);
        refreshToken("a refresh token that was used a minute ago", Optional.empty(), World.PARTNER, USED, INVALID);
        refreshToken("a revoked refresh token", Optional.empty(), World.PARTNER, INVALID);
        refreshToken("a refresh token of a disabled partner", Optional.empty(), World.PARTNER, INVALID);
        refreshToken("a refresh token of a deleted user", Optional.of(DELETED), World.PARTNER, INVALID);
        refreshToken("a refresh token of a user of another partner", Optional.of(ACTIVE), ELSEWHERE, INVALID);
    }

    private void refreshToken(String state, Optional<String> user, String partner, String... codes) {
        world.refreshTokens().share(value(state, "refreshToken"), new RefreshToken(user, partner, alternatives(codes)));
    }

    private void loginTokens() {
        loginToken("an expired login token", "ER711");
        // It expires while the world lasts.
        loginToken("a login token that was used", "ER712", "ER711");
        loginToken("a login token of a deleted user", "ER710");
        loginToken("a login token of a user whose stamp was replaced", "ER710");
        loginToken("a login token of a partner whose stamp was replaced", "ER710");
    }

    private void loginToken(String state, String... codes) {
        Map<String, Object> values = states.setUp(state);
        world.loginTokens()
                .share(
                        String.valueOf(values.get("loginToken")),
                        new LoginToken(String.valueOf(values.get("uuid")), World.PARTNER, alternatives(codes)));
    }

    /** One code or another. */
    private static List<Set<String>> alternatives(String... codes) {
        return Stream.of(codes).map(Set::of).toList();
    }
}
