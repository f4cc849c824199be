package dev.logintoken.contract.spec;

import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The contract that everything was generated from. */
public final class LoginTokenSpec {

    private LoginTokenSpec() {}

    /** Returns the contract as a judge of exchanges. */
    public static Spec load() {
        return of(yaml());
    }

    /** Returns another state of the contract as a judge of exchanges. */
    static Spec of(String yaml) {
        return new Spec(yaml, RegionalUrls::faults);
    }

    /** Returns the contract as it was written. */
    public static String yaml() {
        try (InputStream spec = LoginTokenSpec.class.getResourceAsStream("/META-INF/login-token/openapi.yaml")) {
            return new String(
                    Objects.requireNonNull(spec, "the spec is not on the class path")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
