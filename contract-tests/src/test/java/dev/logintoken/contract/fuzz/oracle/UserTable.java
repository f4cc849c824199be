package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.World.Client;
import dev.logintoken.contract.fuzz.oracle.World.Identifier;
import dev.logintoken.contract.fuzz.oracle.World.UserState;
import dev.logintoken.contract.fuzz.oracle.World.UserToken;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides stages 2 and 3 of the contract: who the user is, and whether the user's state allows the request. */
final class UserTable {

    private static final String AUTHORIZATION = "User-Authorization";
    private static final String IDENTIFIER = "User-Identifier";

    private final World world;

    UserTable(World world) {
        this.world = world;
    }

    /** A user, or the codes of a refusal. */
    record Result(Optional<String> user, Set<String> codes) {}

    /** Returns the user whom the headers name, if a login token may be issued. */
    Result admit(Client caller, Request request) {
        Result named = identify(caller, request);
        return named.user()
                .map(user -> switch (world.users().find(user).orElse(UserState.DELETED)) {
                    case ACTIVE -> named;
                    case PENDING -> refused("ER708");
                    case DELETED -> refused("ER709");
                })
                .orElse(named);
    }

    private Result identify(Client caller, Request request) {
        Optional<String> authorization = request.value(AUTHORIZATION);
        Optional<String> identifier = request.value(IDENTIFIER);
        if (authorization.isEmpty() && identifier.isEmpty()) {
            return refused("ER700", "ER704");
        }
        Set<String> codes = new TreeSet<>();
        Set<String> users = new TreeSet<>();
        authorization.map(value -> byToken(caller, value)).ifPresent(result -> add(result, users, codes));
        identifier.map(value -> byIdentifier(caller, value)).ifPresent(result -> add(result, users, codes));
        if (codes.isEmpty() && users.size() > 1) {
            codes.add("ER703");
        }
        return codes.isEmpty()
                ? new Result(Optional.of(users.iterator().next()), codes)
                : new Result(Optional.empty(), codes);
    }

    private static void add(Result result, Set<String> users, Set<String> codes) {
        result.user().ifPresent(users::add);
        codes.addAll(result.codes());
    }

    /** Returns the user whom a value of User-Authorization names to a partner. */
    Result byToken(Client caller, String value) {
        Optional<String> bearer = ClientTable.bearer(value);
        if (bearer.isEmpty()) {
            return refused("ER700");
        }
        Optional<UserToken> token = bearer.flatMap(world.userTokens()::find)
                .filter(known -> known.partner().equals(caller.partner()));
        if (token.isEmpty()) {
            return refused("ER702");
        }
        if (token.get().expired()) {
            return refused("ER701");
        }
        return token.get().loggedOut() ? refused("ER702") : found(token.get().user());
    }

    /** Returns the codes that refuse a logout with a value of User-Authorization; empty if it succeeds. */
    Set<String> logout(Optional<String> value) {
        Optional<String> bearer = value.flatMap(ClientTable::bearer);
        if (bearer.isEmpty()) {
            return Set.of("ER700");
        }
        Optional<UserToken> token = bearer.flatMap(world.userTokens()::find);
        if (token.isEmpty()) {
            return Set.of("ER702");
        }
        return token.get().outlived() ? Set.of("ER701") : Set.of();
    }

    private Result byIdentifier(Client caller, String value) {
        if (value.isEmpty()) {
            return refused("ER704");
        }
        if (!value.matches("[A-Za-z0-9]{36,255}")) {
            return refused("ER707");
        }
        Optional<Identifier> registered =
                world.identifiers().find(value).filter(known -> known.partner().equals(caller.partner()));
        if (registered.isEmpty()) {
            return refused("ER706");
        }
        return registered.get().user().map(UserTable::found).orElseGet(() -> refused("ER705"));
    }

    private static Result found(String user) {
        return new Result(Optional.of(user), Set.of());
    }

    private static Result refused(String... codes) {
        return new Result(Optional.empty(), Set.of(codes));
    }
}
