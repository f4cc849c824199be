package dev.logintoken.server.sandbox;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.secret.Sha256;

import java.security.MessageDigest;
import java.util.Optional;

/** A directory with one API key behind which every look-up fails, so that the general error can be seen. */
final class FailingDirectory extends Directory {

    private final byte[] failing = Sha256.of(Fixture.FAILURE_API_KEY);

    FailingDirectory(Database database) {
        super(database);
    }

    @Override
    public Optional<Partner> partnerByApiKey(byte[] sha256) {
        if (MessageDigest.isEqual(failing, sha256)) {
            throw new IllegalStateException("The sandbox fails on purpose: its failure API key was used.");
        }
        return super.partnerByApiKey(sha256);
    }
}
