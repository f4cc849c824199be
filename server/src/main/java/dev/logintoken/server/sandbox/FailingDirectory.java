package dev.logintoken.server.sandbox;

import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Registration;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.secret.Sha256;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/** Fails for one API key, so that developers can see the general error. */
record FailingDirectory(Directory source) implements Directory {

    private static final byte[] FAILING = Sha256.of(Fixture.FAILURE_API_KEY);

    @Override
    public Directory uncached() {
        return source.uncached();
    }

    @Override
    public Optional<Partner> partner(UUID uuid) {
        return source.partner(uuid);
    }

    @Override
    public Optional<Partner> partnerByApiKey(byte[] sha256) {
        if (MessageDigest.isEqual(FAILING, sha256)) {
            throw new IllegalStateException("The sandbox fails on purpose: its failure API key was used.");
        }
        return source.partnerByApiKey(sha256);
    }

    @Override
    public Optional<Registration> registration(UUID partner, String identifier) {
        return source.registration(partner, identifier);
    }

    @Override
    public Optional<User> user(UUID uuid) {
        return source.user(uuid);
    }
}
