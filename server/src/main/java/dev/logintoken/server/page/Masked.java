package dev.logintoken.server.page;

/** Masks the name of an account. Its owner recognizes it, and an onlooker learns little. */
final class Masked {

    private static final String DOTS = "•••";

    private Masked() {}

    /**
     * Returns an email address with its first character and its domain: {@code a•••@example.com}. A first character
     * that is the only one is left out. Of an id, it returns the first block: {@code 45b9313b•••}.
     */
    static String name(String name) {
        int at = name.lastIndexOf('@');
        return at < 0
                ? name.substring(0, Math.max(0, name.indexOf('-'))) + DOTS
                : name.substring(0, at > 1 ? 1 : 0) + DOTS + name.substring(at);
    }
}
