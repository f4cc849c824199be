package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.fuzz.judge.Contract.Operation;
import dev.logintoken.contract.fuzz.judge.FuzzTexts;
import dev.logintoken.contract.fuzz.judge.Ledger;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.ClientTable;
import dev.logintoken.contract.fuzz.oracle.World;
import dev.logintoken.contract.fuzz.oracle.World.UserToken;

import java.util.List;

/** Says who calls and for whom: rightly, nearly rightly, and in ways that nobody has thought of. */
final class Credentials {

    private final World world;
    private final Dice dice;

    Credentials(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    /** Names a client, mostly one that may call. */
    Request client(Request request) {
        boolean website = request.operation().id().equals("redeemLoginToken");
        return switch (dice.below(10)) {
            case 0, 1, 2, 3, 4 ->
                request.plus(
                        "X-Api-Key",
                        website
                                ? Founding.WEBSITES_KEY
                                : dice.pick(world.apiKeys().shared().subList(0, 3)));
            case 5, 6 ->
                request.plus(
                        "Authorization",
                        "Bearer " + world.partnerTokens().shared().get(0));
            case 7 -> request.plus("X-Api-Key", oneIn(40, World.FAILURE_KEY, mangled(key())));
            case 8 -> request.plus("Authorization", scheme(mangled(partnerToken())));
            default ->
                switch (dice.below(5)) {
                    case 0 -> request;
                    case 1 ->
                        request.plus("Authorization", authorization(partnerToken()))
                                .plus("X-Api-Key", key());
                    case 2 -> request.plus("X-Api-Key", key()).plus(name("X-Api-Key"), key());
                    case 3 ->
                        request.plus("Authorization", authorization(partnerToken()))
                                .plus(name("Authorization"), authorization(partnerToken()));
                    default -> request.plus("Authorization", nasty());
                };
        };
    }

    /** Names a user by a token, an identifier or both. */
    Request user(Request request) {
        Request named = request;
        int ways = dice.below(8);
        if (ways < 5) {
            named = named.plus(
                    "User-Authorization", dice.onceIn(3) ? scheme(mangled(userToken())) : authorization(userToken()));
        }
        if (ways > 2) {
            named = named.plus("User-Identifier", dice.onceIn(3) ? mangled(identifier()) : identifier());
        }
        if (dice.onceIn(20)) {
            named = named.plus(name("User-Identifier"), identifier());
        }
        if (dice.onceIn(20)) {
            named = named.plus(name("User-Authorization"), authorization(userToken()));
        }
        return named;
    }

    /** Sees to it that what others rely on stays as it is. */
    Request harmless(Request request) {
        Operation operation = request.operation();
        boolean live = request.value("User-Authorization")
                .flatMap(ClientTable::bearer)
                .flatMap(world.userTokens()::find)
                .filter(token -> !token.owned())
                .isPresent();
        boolean links = operation.id().equals("registerIdentifier")
                && request.body().filter(body -> body.contains("unlinked")).isPresent();
        boolean ends = operation.id().equals("logoutUser");
        return live && (links || ends) ? request.without("User-Authorization") : request;
    }

    private String key() {
        // The key for which the service fails is thrown elsewhere, and seldom: each failure is a stack trace in the
        // log.
        String key = dice.pick(world.apiKeys().shared());
        return key.equals(World.FAILURE_KEY) ? "nobodys-api-key" : key;
    }

    private String partnerToken() {
        return dice.pick(
                dice.onceIn(10)
                        ? world.userTokens().shared()
                        : world.partnerTokens().shared());
    }

    private String userToken() {
        return dice.pick(
                dice.onceIn(10)
                        ? world.partnerTokens().shared()
                        : world.userTokens().shared());
    }

    String identifier() {
        return dice.onceIn(8)
                ? dice.alphanumeric(36 + dice.below(220))
                : dice.pick(world.identifiers().shared());
    }

    private String oneIn(int times, String seldom, String mostly) {
        return dice.onceIn(times) ? seldom : mostly;
    }

    private String authorization(String token) {
        return "Bearer " + token;
    }

    private String scheme(String token) {
        return dice.any(
                        "Bearer ",
                        "bearer ",
                        "BEARER  ",
                        "Bearer",
                        "Bearer\t",
                        "Basic ",
                        "",
                        "Bearer Bearer ",
                        " Bearer ")
                + token;
    }

    /** A header's name, which means the same in any case. */
    private String name(String name) {
        return dice.onceIn(2) ? name : name.toLowerCase(java.util.Locale.ROOT);
    }

    /** Mostly near to what was right. */
    String mangled(String text) {
        int at = text.isEmpty() ? 0 : dice.below(text.length());
        return switch (dice.below(14)) {
            case 0 -> text.substring(0, at);
            case 1 -> text + "=";
            case 2 -> text.isEmpty() ? "=" : flipped(text, text.length() - 1);
            case 3 -> text.isEmpty() ? "=" : flipped(text, at);
            case 4 -> swappedCase(text);
            case 5 -> " \t" + text + " ";
            case 6 -> text + "," + text;
            case 7 -> text.replaceFirst("^[^.]*", "eyJhbGciOiJub25lIn0");
            case 8 -> text.replaceFirst("\\.[^.]*$", ".");
            case 9 -> nasty();
            case 10 -> text + " " + text;
            case 11 -> dice.alphanumeric(text.length());
            case 12 -> text + text;
            default -> text;
        };
    }

    private String flipped(String text, int at) {
        // The lowest bit of a base64 digit; of the last one, it may mean nothing.
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int digit = digits.indexOf(text.charAt(at));
        return digit < 0 ? text : text.substring(0, at) + digits.charAt(digit ^ 1) + text.substring(at + 1);
    }

    private static String swappedCase(String text) {
        StringBuilder swapped = new StringBuilder(text.length());
        text.chars()
                .map(character -> Character.isUpperCase(character)
                        ? Character.toLowerCase(character)
                        : Character.toUpperCase(character))
                .forEach(swapped::appendCodePoint);
        return swapped.toString();
    }

    /** Octets that a header may hold, and that nobody expects there. */
    private String nasty() {
        return switch (dice.below(8)) {
            case 0 -> "";
            case 1 -> FuzzTexts.utf8("J\u00fcrgen \ud83d\ude00 \u2028");
            case 2 -> visible(dice.octets(1 + dice.below(60)));
            case 3 -> "a".repeat(4090 + dice.below(20));
            case 4 -> Ledger.FORGED;
            case 5 -> "${jndi:ldap://127.0.0.1/x}' or '1'='1 %0d%0a" + Ledger.CANARY;
            case 6 -> ", ,";
            default -> "Bearer \u00a0" + dice.alphanumeric(20);
        };
    }

    /** Without control characters, which no header may hold. */
    static String visible(String octets) {
        return octets.replaceAll("[\\x00-\\x1f\\x7f]", "!");
    }

    /** Tokens that may be logged out. */
    List<String> expendable() {
        return world.userTokens().shared().stream()
                .filter(token ->
                        world.userTokens().find(token).filter(UserToken::owned).isPresent())
                .toList();
    }
}
