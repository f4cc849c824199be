package dev.logintoken.server.page;

/** An email address that tells its owner which one it is, and somebody who looks over a shoulder not much. */
final class Masked {

    private static final String DOTS = "•••";

    private Masked() {}

    /** The first character, unless it is the only one, and the domain: {@code a•••@example.com}. */
    static String email(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? DOTS : address.substring(0, at > 1 ? 1 : 0) + DOTS + address.substring(at);
    }
}
