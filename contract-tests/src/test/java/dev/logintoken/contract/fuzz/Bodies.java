package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.fuzz.judge.Contract.Field;
import dev.logintoken.contract.fuzz.judge.Contract.Operation;
import dev.logintoken.contract.fuzz.judge.FuzzTexts;
import dev.logintoken.contract.fuzz.judge.Ledger;
import dev.logintoken.contract.fuzz.oracle.Known;
import dev.logintoken.contract.fuzz.oracle.World;
import dev.logintoken.contract.fuzz.oracle.World.Password;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes request bodies: what the spec describes, what nearly is that, and what is not even JSON. */
final class Bodies {

    private static final int LIMIT = 16 * 1024;

    private final World world;
    private final Dice dice;

    Bodies(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    /** A field as it is written: a name and a value in JSON. */
    private record Written(String name, String json) {
        @Override
        public String toString() {
            return quoted(name) + ":" + json;
        }
    }

    /** A body for an operation, as octets. */
    String body(Operation operation) {
        List<Written> fields = new ArrayList<>();
        operation.fields().forEach(field -> fields.add(new Written(field.name(), good(operation, field))));
        int mutations = dice.below(3);
        for (int i = 0; i < mutations; i++) {
            mutate(operation, fields);
        }
        return octets(fields);
    }

    /** A body with good values, and nothing else. */
    String plain(Operation operation) {
        return object(operation.fields().stream()
                .map(field -> new Written(field.name(), good(operation, field)))
                .toList());
    }

    /** A value in JSON that the operation can do something with. */
    private String good(Operation operation, Field field) {
        return field.isText() ? quoted(goodText(operation, field)) : field.example();
    }

    private String goodText(Operation operation, Field field) {
        return switch (operation.id() + " " + field.name()) {
            case "authenticate username" -> dice.pick(world.partners().shared());
            case "authenticate password" -> password(world.partners());
            case "loginUser emailAddress" -> dice.pick(world.accounts().shared());
            case "loginUser password" -> password(world.accounts());
            case "refresh refreshToken" -> dice.pick(world.refreshTokens().shared());
            case "redeemLoginToken token" -> dice.pick(world.loginTokens().shared());
            case "redeemLoginToken uuid" ->
                world.loginTokens()
                        .find(dice.pick(world.loginTokens().shared()))
                        .map(World.LoginToken::user)
                        .orElseThrow();
            case "registerIdentifier identifier", "confirmIdentifier identifier" ->
                dice.onceIn(2)
                        ? dice.alphanumeric(36 + dice.below(220))
                        : dice.pick(world.identifiers().shared());
            case "registerIdentifier returnUrl" -> returnUrl();
            default -> field.example();
        };
    }

    private String password(Known<Password> accounts) {
        return accounts.find(dice.pick(accounts.shared())).map(Password::text).orElse("a-password");
    }

    private String returnUrl() {
        return dice.any(
                "https://app.example.com/linked",
                "https://app.example.com/linked?a=b",
                "http://localhost:3000/",
                "https://user@app.example.com/",
                "javascript:alert(1)",
                "//evil.example",
                "/linked",
                "ftp://app.example.com/",
                "https:\\\\evil.example",
                "https://app.example.com/ space",
                "HTTPS://APP.EXAMPLE.COM/",
                "https://app.example.com/\r\nLocation: x",
                "https://[::1]/",
                "https://app.example.com:99999999/",
                "https://app.example.com/%",
                "https://\u00e4.example/",
                "https://" + "a".repeat(2050) + ".example/");
    }

    private void mutate(Operation operation, List<Written> fields) {
        int at = dice.below(operation.fields().size());
        Field field = operation.fields().get(at);
        int where = Math.min(at, fields.size() - 1);
        switch (dice.below(8)) {
            case 0 -> fields.removeIf(written -> written.name().equals(field.name()));
            case 1 -> fields.add(new Written(field.name(), anyValue(field)));
            case 2 -> fields.add(dice.below(fields.size() + 1), new Written(strangeName(), anyValue(field)));
            case 3 -> Collections.reverse(fields);
            default -> {
                if (where >= 0) {
                    fields.set(where, new Written(field.name(), anyValue(field)));
                    fields.removeIf(written ->
                            fields.indexOf(written) != where && written.name().equals(field.name()));
                }
            }
        }
    }

    private String strangeName() {
        return dice.any(
                "", "a", "__proto__", "constructor", "@type", "class", "errors", "\u0000", "user name", "\ud83d\ude00");
    }

    /** A value in JSON: a text within or beyond the limits, or something else. */
    private String anyValue(Field field) {
        return switch (dice.below(12)) {
            case 0 -> "null";
            case 1 ->
                dice.any("0", "-1", "1e400", "1".repeat(2000), "1.5", "123456789012345678901234567890", "-0", "1E-999");
            case 2 -> dice.any("true", "false");
            case 3 -> dice.any("{}", "[]", "[\"a\"]", "{\"a\":{}}", "[[[[[[]]]]]]");
            case 4 -> deep();
            case 5 -> "\"\"";
            case 6 -> quoted(ofLength(field));
            case 7 ->
                quoted(dice.any(
                        Ledger.FORGED + "\n" + Ledger.FORGED + "\r" + Ledger.FORGED + "\u001b[31m",
                        "a\u0000\n" + Ledger.FORGED + "@x",
                        "x\u2028" + Ledger.CANARY,
                        "${jndi:ldap://127.0.0.1/" + Ledger.CANARY + "}"));
            case 8 ->
                dice.any(
                        "\"\\ud800\"",
                        "\"a\\udc00@x\"",
                        "\"\\u0000\"",
                        "\"a\\u0000@x\"",
                        "\"\\u000a@\\u000d\"",
                        "\"\\uFFFF@x\"");
            case 9 ->
                quoted(dice.any("' or '1'='1", "<script>", "%s%n%x", "../../etc/passwd", "a@b@c", "a b@c", "@", "a@"));
            case 10 ->
                quoted(FuzzTexts.utf8(
                        dice.any("J\u00fcrgen@\u00e4.example", "\ud83d\ude00@x", "\u0130@x", "\u00a0@\u00a0")));
            default -> quoted(dice.alphanumeric(1 + dice.below(50)));
        };
    }

    private String deep() {
        int depth = dice.any(3, 50, 600, 1500, 5000);
        return dice.onceIn(2)
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    /** A text at the edge of what the field may be long. */
    private String ofLength(Field field) {
        int longest = Math.min(field.maxLength(), 3000);
        int length = Math.max(
                0, dice.any(field.minLength() - 1, field.minLength(), longest, longest + 1, longest + 1000, 72, 73));
        String text = dice.alphanumeric(length);
        return field.example().contains("@") && length > 2
                ? text.substring(0, length - 2) + "@" + text.charAt(0)
                : text;
    }

    private String octets(List<Written> fields) {
        String json = object(fields);
        if (!dice.onceIn(3)) {
            return json;
        }
        return switch (dice.below(16)) {
            case 0 -> json.substring(0, dice.below(json.length()));
            case 1 -> json + dice.any("}", "x", " {}", ",", "\u0000", "\n\n");
            case 2 -> dice.any("", " ", "null", "[]", "\"text\"", "0", "[" + json + "]", "true", "{", "\u0000");
            case 3 -> inCharset(json, StandardCharsets.UTF_16LE, dice.onceIn(2));
            case 4 -> inCharset(json, StandardCharsets.UTF_16BE, dice.onceIn(2));
            case 5 -> inCharset(json, Charset.forName("UTF-32BE"), false);
            case 6 -> "\u00ef\u00bb\u00bf" + json;
            case 7 -> json.replaceFirst("a", "\u00c1\u00a1"); // An overlong a.
            case 8 ->
                json.replaceFirst(
                        "e",
                        dice.any("\u00ff", "\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f5\u0080\u0080\u0080", "\u00e9"));
            case 9 -> json.replaceFirst("[a-z]", dice.any("\u0001", "\n", "\t", "\u007f", "\\\\x41", "\\\\u12"));
            case 10 -> json.replace('"', '\'');
            case 11 ->
                json.replaceFirst(
                        "\\{", dice.any("{/**/", "{,", "{\"a\":NaN,", "{\"a\":01,", "{\"a\":+1,", "{a:1,", "\f{"));
            case 12 -> dice.octets(dice.below(200));
            case 13 -> padded(json, LIMIT);
            case 14 -> padded(json, LIMIT + 1 + dice.below(20_000));
            default -> json.replace(":", dice.any(" : ", "\t:\n", ":\r\n "));
        };
    }

    /** Blanks until it has so many octets. */
    private static String padded(String json, int length) {
        return json + " ".repeat(Math.max(0, length - json.length()));
    }

    private static String inCharset(String json, Charset charset, boolean mark) {
        String text =
                (mark ? "\ufeff" : "") + new String(json.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    private static String object(List<Written> fields) {
        return fields.stream().map(Written::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** A text in JSON, as octets in UTF-8; what it may not hold is escaped. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character == '"' || character == '\\') {
                quoted.append(String.format("\\u%04x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        String all = quoted.append('"').toString();
        return all.chars().allMatch(character -> character < 256) ? all : FuzzTexts.utf8(all);
    }

    /** The body of one field, and of those that go with it. */
    static String of(String... namesAndValues) {
        List<Written> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Written(namesAndValues[i], quoted(namesAndValues[i + 1])));
        }
        return object(fields);
    }

    /** What is left if no password may be looked at: a body that is refused before. */
    Optional<String> unattempted(Operation operation) {
        return operation.fields().stream()
                .filter(field -> field.name().equals("password"))
                .findFirst()
                .map(password -> "{\"password\":\"" + dice.any("", "a-password") + "\"}");
    }
}
