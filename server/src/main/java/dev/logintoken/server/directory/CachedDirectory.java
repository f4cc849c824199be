package dev.logintoken.server.directory;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.cache.RowKey;
import dev.logintoken.server.database.Database;

import java.util.Optional;
import java.util.UUID;

/** A directory that remembers what it found, see {@link RowCache}. All else is asked of the database every time. */
public final class CachedDirectory extends Directory {

    private final Directory source;
    private final RowCache facts;

    /**
     * A directory in front of another.
     *
     * @param database where the directory is kept
     * @param source looks up what is not known
     */
    public CachedDirectory(Database database, Directory source) {
        super(database);
        this.source = source;
        this.facts = database.facts();
    }

    @Override
    public Directory primary() {
        return source;
    }

    @Override
    public Optional<Partner> partner(UUID uuid) {
        return facts.about(RowKey.partner(uuid), () -> source.partner(uuid));
    }

    /** The key leads to the partner's id, so that a change of the partner needs not be told for each of its keys. */
    @Override
    public Optional<Partner> partnerByApiKey(byte[] sha256) {
        return facts.about(
                        RowKey.apiKey(sha256),
                        () -> source.partnerByApiKey(sha256).map(Partner::uuid))
                .flatMap(this::partner);
    }

    @Override
    Optional<Registered> registered(String identifier) {
        return facts.about(RowKey.identifier(identifier), () -> source.registered(identifier));
    }

    @Override
    Optional<Known> known(UUID uuid) {
        return facts.about(RowKey.account(uuid), () -> source.known(uuid));
    }
}
