package dev.logintoken.server;

import dev.logintoken.server.auth.HmacKey;
import dev.logintoken.server.auth.Throttle;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.CachedDirectory;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.sandbox.SandboxAssembly;
import dev.logintoken.server.token.MacKey;

import java.time.Clock;

/**
 * The parts that production and sandbox make in different ways.
 *
 * @param directory looks up who calls; the sandbox's fails on purpose for one API key
 */
record Foundation(
        Database database,
        StoredDirectory stored,
        Directory directory,
        RowCache cache,
        Throttle throttle,
        KeySet<HmacKey> jwtKeys,
        KeySet<MacKey> loginTokenKeys,
        Clock clock) {

    /** Returns the parts of a sandbox. */
    static Foundation of(SandboxAssembly sandbox, RowCache cache) {
        StoredDirectory stored = new StoredDirectory(sandbox.database(), cache);
        return new Foundation(
                sandbox.database(),
                stored,
                sandbox.failing(new CachedDirectory(stored, cache)),
                cache,
                sandbox.throttle(),
                sandbox.jwtKeys(),
                sandbox.loginTokenKeys(),
                sandbox.clock());
    }
}
