package dev.logintoken.server;

import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.auth.Logins;
import dev.logintoken.server.auth.SessionTokens;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.config.ServerSettings;
import dev.logintoken.server.contract.SpecConstraints;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.identifier.LinkConsents;
import dev.logintoken.server.identifier.LinkRequests;
import dev.logintoken.server.identifier.Links;
import dev.logintoken.server.page.LinkResource;
import dev.logintoken.server.page.PrivateResource;
import dev.logintoken.server.page.WebsiteSessions;
import dev.logintoken.server.redemption.Redemptions;
import dev.logintoken.server.resource.ClientResource;
import dev.logintoken.server.resource.SystemResource;
import dev.logintoken.server.resource.UserResource;
import dev.logintoken.server.resource.Website;
import dev.logintoken.server.sandbox.SandboxAssembly;
import dev.logintoken.server.token.LoginTokens;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The operations of the API on a foundation, and the parts that they share with the website's pages. */
final class Operations {

    private final Foundation base;
    private final Website website;
    private final Sessions sessions;
    private final Redemptions redemptions;
    private final LinkConsents consents;
    private final Links links;
    private final SpecConstraints constraints = new SpecConstraints();
    private final Logins logins;
    private final SessionTokens tokens;
    private final ClientAuthenticator clients;
    private final UserAuthenticator users;
    private final LoginTokens loginTokens;

    Operations(Foundation base, ServerSettings settings) {
        this.base = base;
        this.website = new Website(settings.website());
        this.sessions = new Sessions(base.database(), base.cache());
        this.redemptions = new Redemptions(base.database());
        this.consents = new LinkConsents(base.database(), base.cache());
        Jwts jwts = new Jwts(base.jwtKeys(), base.clock());
        this.links = new Links(consents, new LinkRequests(base.jwtKeys(), base.clock()), base.clock());
        this.logins = new Logins(base.throttle());
        this.tokens = new SessionTokens(sessions, base.stored(), jwts, base.clock());
        this.clients = new ClientAuthenticator(base.directory(), sessions, jwts);
        this.users = new UserAuthenticator(base.directory(), sessions, jwts, constraints::allowsUserIdentifier);
        this.loginTokens =
                new LoginTokens(base.directory(), redemptions, base.loginTokenKeys(), settings.ttl(), base.clock());
    }

    /** Returns the implementations of the generated interfaces. */
    List<Object> resources() {
        return List.of(
                new ClientResource(base.stored().partners(), clients, logins, tokens),
                new SystemResource(clients, website),
                new UserResource(
                        base.stored(), clients, users, logins, tokens, loginTokens, links, website, constraints));
    }

    /** Returns the website's pages, which a sandbox plays. */
    List<Object> websitePages(SandboxAssembly sandbox) {
        WebsiteSessions visitors = new WebsiteSessions(tokens, users, base.stored(), sandbox.website());
        return List.of(
                new PrivateResource(visitors, loginTokens), new LinkResource(visitors, links, logins, base.stored()));
    }

    /** Returns what deletes rows that are out of date. */
    List<Consumer<Instant>> purges() {
        return List.of(sessions::purge, redemptions::purge, base.throttle()::purge, consents::purge);
    }
}
