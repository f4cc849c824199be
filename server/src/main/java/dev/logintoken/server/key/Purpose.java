package dev.logintoken.server.key;

/** What a key is for. Each purpose has keys of its own. */
public enum Purpose {
    /** Partner and user tokens: JWTs signed by HS256 (RFC 7518, 3.2). */
    JWT("HS256"),
    /** Login tokens; the name is that of their first version, which is part of what they sign. */
    LOGIN_TOKEN("login-token/1");

    private final String algorithm;

    Purpose(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The {@code alg} of such a key in a JWK set (RFC 7517, 4.4). */
    public String algorithm() {
        return algorithm;
    }
}
