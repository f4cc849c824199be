package dev.logintoken.server.page;

/** The name of an account, masked: it tells its owner which account it is, and an onlooker not much. */
final class Masked {

    private static final String DOTS = "•••";

    private Masked() {}

    /**
     * Returns an email address with its first character, unless it is the only one, and its domain:
     * {@code a•••@example.com}. Of an id it returns the first block: {@code 45b9313b•••}.
     */
    static String name(String name) {
        int at = name.lastIndexOf('@');
        return at < 0
                ? name.substring(0, Math.max(0, name.indexOf('-'))) + DOTS
                : name.substring(0, at > 1 ? 1 : 0) + DOTS + name.substring(at);
    }
}
