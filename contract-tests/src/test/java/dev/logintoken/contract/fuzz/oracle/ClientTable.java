package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.FuzzTexts;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.World.Client;
import dev.logintoken.contract.fuzz.oracle.World.PartnerToken;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Stage 1 of the contract: who calls. The first row that matches decides alone. */
public final class ClientTable {

    private final World world;

    ClientTable(World world) {
        this.world = world;
    }

    /**
     * The result of the client's headers: a caller, or the codes of a refusal, or neither for the key for which the service
     * fails on purpose.
     */
    record Result(Optional<Client> caller, Set<String> codes) {
        boolean isFailure() {
            return caller.isEmpty() && codes.isEmpty();
        }
    }

    Result read(Request request) {
        List<String> authorization = request.values("Authorization");
        List<String> apiKey = request.values("X-Api-Key");
        if (!authorization.isEmpty() && !apiKey.isEmpty()) {
            return refused("ER803");
        }
        if (isRepeated(authorization) || isRepeated(apiKey)) {
            return refused("ER803");
        }
        if (authorization.isEmpty() && apiKey.isEmpty()) {
            return refused("ER802", "ER806");
        }
        if (authorization.isEmpty()) {
            return byKey(apiKey.get(0));
        }
        return bearer(authorization.get(0)).map(this::byToken).orElseGet(() -> refused("ER802"));
    }

    /** What follows the scheme Bearer and a space. */
    public static Optional<String> bearer(String value) {
        boolean scheme = value.toLowerCase(Locale.ROOT).startsWith("bearer ");
        return scheme ? Optional.of(FuzzTexts.trim(value.substring(7))) : Optional.empty();
    }

    private Result byKey(String key) {
        if (key.isEmpty()) {
            return refused("ER806");
        }
        if (key.equals(World.FAILURE_KEY)) {
            return new Result(Optional.empty(), Set.of());
        }
        return world.apiKeys().find(key).map(ClientTable::granted).orElseGet(() -> refused("ER805"));
    }

    private Result byToken(String token) {
        Optional<PartnerToken> known = world.partnerTokens().find(token).filter(PartnerToken::known);
        if (known.isEmpty()) {
            return refused("ER800");
        }
        if (known.get().expired()) {
            return refused("ER801");
        }
        return known.get().revoked() ? refused("ER800") : granted(known.get().client());
    }

    private static boolean isRepeated(List<String> values) {
        return values.size() > 1 || values.stream().anyMatch(value -> value.contains(","));
    }

    private static Result granted(Client client) {
        return new Result(Optional.of(client), Set.of());
    }

    private static Result refused(String... codes) {
        return new Result(Optional.empty(), Set.of(codes));
    }
}
