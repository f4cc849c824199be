package dev.logintoken.contract.fuzz.oracle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The facts of the service that the oracle knows: which credentials are good, and for whom. */
public record World(
        Known<Client> apiKeys,
        Known<PartnerToken> partnerTokens,
        Known<UserToken> userTokens,
        Known<Identifier> identifiers,
        Known<UserState> users,
        Known<RefreshToken> refreshTokens,
        Known<LoginToken> loginTokens,
        Known<Password> partners,
        Known<Password> accounts) {

    /** The partner of the sandbox. */
    public static final String PARTNER = "17734652-64f8-399e-80d3-6f80175c6d0d";

    /** A key for which the service fails on purpose. */
    public static final String FAILURE_KEY = "sandbox-failure-api-key";

    /** What no log may show: the credentials that were made for this world, and its tokens. */
    public List<String> secrets() {
        return Stream.of(partnerTokens, userTokens, refreshTokens, loginTokens)
                .flatMap(facts -> facts.shared().stream())
                .toList();
    }

    /** One where nothing is true yet. */
    public World() {
        this(
                new Known<>(),
                new Known<>(),
                new Known<>(),
                new Known<>(),
                new Known<>(),
                new Known<>(),
                new Known<>(),
                new Known<>(),
                new Known<>());
    }

    /**
     * Who an API key or a partner token belongs to.
     *
     * @param partner its uuid
     * @param website whether it may redeem login tokens
     */
    public record Client(String partner, boolean website) {}

    /**
     * A partner token that is genuine.
     *
     * @param known whether there is such a partner
     * @param revoked whether it was revoked, or the partner disabled
     */
    public record PartnerToken(Client client, boolean known, boolean expired, boolean revoked) {}

    /**
     * A user token that is genuine.
     *
     * @param outlived whether not even its session can be refreshed any more
     * @param owned whether no other scenario relies on it, so that it may be logged out
     */
    public record UserToken(
            String user, String partner, boolean expired, boolean outlived, boolean loggedOut, boolean owned) {
        /** Returns the same token after it was logged out. */
        public UserToken loggedOutToken() {
            return new UserToken(user, partner, expired, outlived, true, owned);
        }
    }

    /** An identifier that a partner has registered. */
    public record Identifier(String partner, Optional<String> user) {}

    /** What a user's state lets happen. */
    public enum UserState {
        ACTIVE,
        PENDING,
        DELETED
    }

    /**
     * A refresh token that is known.
     *
     * @param user whose session it is; a partner's own, if there is none
     * @param codes what it comes to for its own partner: the one or the other, if that depends on the time; an empty set
     *     of codes if it can be used
     */
    public record RefreshToken(Optional<String> user, String partner, List<Set<String>> codes) {}

    /**
     * A login token that is genuine.
     *
     * @param codes the possible answers, as for a {@link RefreshToken}
     */
    public record LoginToken(String user, String partner, List<Set<String>> codes) {}

    /** A right password and its owner. */
    public record Password(String text, String uuid) {}
}
