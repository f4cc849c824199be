package dev.logintoken.server.auth;

/**
 * The single canonical spelling of a signed token (RFC 7515, 3.1): three parts of base64url without padding, joined by
 * dots. Decoders accept more: they skip foreign characters, and ignore those bits of the last character that encode
 * nothing. With them, one token would have many spellings.
 */
final class CompactForm {

    private static final int PARTS = 3;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private CompactForm() {}

    /** Returns whether a token is spelled canonically. */
    static boolean isCanonical(String token) {
        int parts = 0;
        int begin = 0;
        while (begin <= token.length()) {
            int dot = token.indexOf('.', begin);
            int end = dot < 0 ? token.length() : dot;
            if (!isCanonical(token, begin, end)) {
                return false;
            }
            parts++;
            begin = end + 1;
        }
        return parts == PARTS;
    }

    private static boolean isCanonical(String token, int begin, int end) {
        int value = 0;
        for (int i = begin; i < end; i++) {
            value = ALPHABET.indexOf(token.charAt(i));
            if (value < 0) {
                return false;
            }
        }
        return switch ((end - begin) % 4) {
            case 0 -> end > begin;
            case 2 -> (value & 0b1111) == 0;
            case 3 -> (value & 0b11) == 0;
            default -> false;
        };
    }
}
