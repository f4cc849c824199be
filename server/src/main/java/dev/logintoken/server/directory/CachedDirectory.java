package dev.logintoken.server.directory;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.cache.RowKey;

import java.util.Optional;
import java.util.UUID;

/** Caches the rows of the stored directory. */
public final class CachedDirectory implements Directory {

    private final StoredDirectory source;
    private final RowCache cache;

    public CachedDirectory(StoredDirectory source, RowCache cache) {
        this.source = source;
        this.cache = cache;
    }

    @Override
    public Directory uncached() {
        return source;
    }

    @Override
    public Optional<Partner> partner(UUID uuid) {
        return cache.get(RowKey.partner(uuid), () -> source.partner(uuid));
    }

    /**
     * Caches the partner's id under the key. A change of the partner then invalidates one row, instead of one for each
     * key.
     */
    @Override
    public Optional<Partner> partnerByApiKey(byte[] sha256) {
        return cache.get(
                        RowKey.apiKey(sha256),
                        () -> source.partnerByApiKey(sha256).map(Partner::uuid))
                .flatMap(this::partner);
    }

    @Override
    public Optional<Registration> registration(UUID partner, String identifier) {
        return cache.get(
                        RowKey.identifier(identifier),
                        () -> source.identifiers().find(identifier))
                .flatMap(registered -> registered.of(partner));
    }

    @Override
    public Optional<User> user(UUID uuid) {
        return cache.get(RowKey.account(uuid), () -> source.users().row(uuid)).flatMap(Users.Row::user);
    }
}
