package dev.logintoken.server.key;

/** The purposes of keys. Each purpose has its own keys. */
public enum Purpose {
    /** Partner and user tokens: JWTs signed by HS256 (RFC 7518, 3.2). */
    JWT("HS256"),
    /** Login tokens. The name is that of their first version, and is part of what they sign. */
    LOGIN_TOKEN("login-token/1");

    private final String algorithm;

    Purpose(String algorithm) {
        this.algorithm = algorithm;
    }

    /** Returns the {@code alg} of this purpose's keys in a JWK set (RFC 7517, 4.4). */
    public String algorithm() {
        return algorithm;
    }
}
