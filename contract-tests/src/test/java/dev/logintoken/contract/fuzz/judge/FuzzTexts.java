package dev.logintoken.contract.fuzz.judge;

import java.nio.charset.StandardCharsets;

/** Helps with texts and octets. */
public final class FuzzTexts {

    private FuzzTexts() {}

    /** A text without the spaces and tabs around it, which are no part of a header's value (RFC 9110, 5.5). */
    public static String trim(String value) {
        return value.replaceAll("^[ \\t]+|[ \\t]+$", "");
    }

    /** A text as its octets in UTF-8, one character each. */
    public static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Octets as a shell writes them between {@code $'} and {@code '}. */
    public static String shell(String octets) {
        StringBuilder quoted = new StringBuilder("$'");
        for (int i = 0; i < octets.length(); i++) {
            char octet = octets.charAt(i);
            switch (octet) {
                case '\r' -> quoted.append("\\r");
                case '\n' -> quoted.append("\\n");
                case '\\' -> quoted.append("\\\\");
                case '\'' -> quoted.append("\\'");
                default -> {
                    if (octet >= ' ' && octet < 127) {
                        quoted.append(octet);
                    } else {
                        quoted.append(String.format("\\x%02x", (int) octet));
                    }
                }
            }
        }
        return quoted.append('\'').toString();
    }
}
