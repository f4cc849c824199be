package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.fuzz.judge.Ledger;
import dev.logintoken.contract.fuzz.judge.Request;

import java.util.Locale;

/** Makes octets that are no request, or that may be refused before anybody looks at the path. */
final class Broken {

    private final Dice dice;

    Broken(Dice dice) {
        this.dice = dice;
    }

    /** A request that is not one any more. */
    String octets(Request request) {
        String sound = request.with("Connection", "close").octets();
        String line = sound.substring(0, sound.indexOf("\r\n"));
        String rest = sound.substring(line.length());
        return switch (dice.below(30)) {
            case 0 ->
                header(
                        sound,
                        "X-Control: a" + dice.any("\u0000", "\u0001", "\u001b[31m", "\u007f", "\r", "\u000b")
                                + Ledger.CANARY);
            case 1 -> header(sound, "X-Folded: a\r\n " + Ledger.FORGED);
            case 2 -> header(sound, "X-Huge: " + "h".repeat(20_000));
            case 3 -> header(sound, "X-Many: 1\r\n".repeat(900) + "X-Last: 1");
            case 4 ->
                header(
                        sound,
                        dice.any(
                                ": no name",
                                "no colon",
                                "X Y: 1",
                                "X-\u00e9: 1",
                                "\u0000: 1",
                                "X-Space : 1",
                                "(x): 1"));
            case 5 -> header(sound, "Host: evil.example");
            case 6 -> sound.replaceFirst("(?i)\r\nHost: [^\r]*", "");
            case 7 ->
                sound.replaceFirst(
                        "(?i)Host: [^\r]*",
                        "Host: "
                                + dice.any(
                                        "",
                                        "a b",
                                        "evil.example/x",
                                        "[::1",
                                        "127.0.0.1:99999",
                                        "\u00e9",
                                        "user@127.0.0.1"));
            case 8 -> line.replaceFirst(" ", dice.any("  ", "\t", "")) + rest;
            case 9 ->
                line.replaceFirst(
                                "HTTP/1.1",
                                dice.any("HTTP/1.2", "HTTP/2.0", "HTTP/9", "http/1.1", "", "HTTP/1.1 x", "HTTP/0.9"))
                        + rest;
            case 10 ->
                line.replaceFirst(
                                "^\\w+",
                                dice.any("get", "FOO", "G\u0000T", "GET\u00e9", "", "CONNECT", "PRI", "A".repeat(300)))
                        + rest;
            case 11 ->
                line.replaceFirst(
                                "/api",
                                dice.any(
                                        "/api/%00",
                                        "/api/%0a" + Ledger.CANARY,
                                        "/api/%zz",
                                        "/api/..%2f",
                                        "/%2e%2e/api",
                                        "/api;x=y",
                                        "//api",
                                        "/./api",
                                        "/api/%",
                                        "api",
                                        "*",
                                        "/\u00e9",
                                        "/api/%c0%ae",
                                        "/api\\\\",
                                        "/api/%5c",
                                        "/<x>"))
                        + rest;
            case 12 -> line.replaceFirst("/api", "/" + "p".repeat(20_000)) + rest;
            case 13 ->
                line.replaceFirst(
                                " /",
                                dice.any(
                                        " http://",
                                        " http://x:y@z/",
                                        " http:///",
                                        " javascript:/",
                                        " https://evil.example/",
                                        " /#"))
                        + rest;
            case 14 ->
                length(sound, dice.any("-1", "0x10", "1 1", "a", "99999999999999999999", "1,2", "", "+5", "1e3"));
            case 15 -> header(length(sound, "5"), "Content-Length: 6");
            case 16 -> header(length(sound, "5"), "Transfer-Encoding: chunked");
            case 17 -> length(sound, Integer.toString(dice.below(40)));
            case 18 -> length(sound, "15000");
            case 19 ->
                chunked(
                        request,
                        dice.any(
                                "zz\r\n{}\r\n",
                                "-1\r\n{}\r\n",
                                "2{}\r\n",
                                "ffffffffffffffff\r\n{}",
                                "2\r\n{}xx0\r\n\r\n",
                                "2;" + "x".repeat(20_000) + "\r\n{}\r\n0\r\n\r\n",
                                "\r\n\r\n",
                                "2\n{}\n0\n\n",
                                "2\r\n{}\r\n"));
            case 20 -> chunked(request, "2\r\n{}\r\n0\r\nX-Trailer: " + Ledger.FORGED + "\r\n\r\n");
            case 21 ->
                header(
                        length(sound, ""),
                        "Transfer-Encoding: "
                                + dice.any(
                                        "gzip, chunked",
                                        "chunked, chunked",
                                        "identity",
                                        "xchunked",
                                        "chunked;q=1",
                                        "\u000bchunked"));
            case 22 -> sound.replace("\r\n", "\n");
            case 23 -> sound.replace("\r\n", "\r");
            case 24 -> "\r\n\r\n" + sound;
            case 25 -> dice.octets(1 + dice.below(300));
            case 26 -> dice.octets(1 + dice.below(30)) + sound;
            case 27 -> "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + dice.octets(200);
            case 28 ->
                header(
                        sound,
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA");
            default -> mutated(sound);
        };
    }

    /** A request that ends in its midst. */
    String half(Request request) {
        String sound = request.octets();
        return sound.substring(0, 1 + dice.below(sound.length() - 1));
    }

    private static String header(String sound, String line) {
        int end = sound.indexOf("\r\n\r\n");
        return sound.substring(0, end) + "\r\n" + line + sound.substring(end);
    }

    private static String length(String sound, String length) {
        String without =
                sound.replaceFirst("\r\nContent-Length: \\d+", "").replaceFirst("\r\nTransfer-Encoding: chunked", "");
        return length.isEmpty() ? without : header(without, "Content-Length: " + length);
    }

    private static String chunked(Request request, String chunks) {
        String sound = request.with("Connection", "close").withoutBody().octets();
        return header(length(sound, ""), "Transfer-Encoding: chunked") + chunks;
    }

    /** Some octets of it are others. */
    private String mutated(String sound) {
        StringBuilder mutated = new StringBuilder(sound);
        for (int i = dice.below(5); i >= 0; i--) {
            int at = dice.below(mutated.length());
            switch (dice.below(3)) {
                case 0 -> mutated.setCharAt(at, (char) dice.below(256));
                case 1 ->
                    mutated.insert(
                            at,
                            dice.any(
                                    "\r\n",
                                    "\u0000",
                                    " ",
                                    ":",
                                    sound.substring(0, 20).toUpperCase(Locale.ROOT)));
                default -> mutated.deleteCharAt(at);
            }
        }
        return mutated.toString();
    }
}
