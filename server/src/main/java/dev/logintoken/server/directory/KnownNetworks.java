package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;

import java.time.Duration;
import java.time.Instant;

import static dev.logintoken.server.database.Database.utc;

/**
 * The networks from which a name has logged in. Each is stored under an id that reveals neither the name nor the
 * network.
 */
public final class KnownNetworks {

    /** The maximum number of networks kept for one name. The network with the oldest success is dropped first. */
    static final int MAX_OF_A_NAME = 20;

    /** How long a network is kept after its last success. */
    static final Duration MAX_AGE = Duration.ofDays(90);

    /** The minimum time between two stored successes from one network. */
    private static final Duration MIN_RENEWAL = Duration.ofDays(1);

    private final Database database;

    public KnownNetworks(Database database) {
        this.database = database;
    }

    /** Returns whether a name has logged in from a network recently enough. */
    public boolean contains(byte[] id, Instant now) {
        return database.query(handle -> handle.select(
                        "select 1 from known_network where id = ? and succeeded_at > ?", id, utc(now.minus(MAX_AGE)))
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /**
     * Stores a network from which a name has just logged in.
     *
     * @param id the id of name and network together
     * @param name the name, whose number of networks is limited
     */
    public void add(byte[] id, byte[] name, Instant now) {
        database.transactionOrAgain(handle -> {
            handle.execute(
                    "update known_network set succeeded_at = ? where id = ? and succeeded_at < ?",
                    utc(now),
                    id,
                    utc(now.minus(MIN_RENEWAL)));
            int added = handle.execute("""
                            insert into known_network (id, name, succeeded_at)
                            select cast(? as bytea), cast(? as bytea), cast(? as timestamp with time zone)
                            where not exists (select 1 from known_network where id = ?)""", id, name, utc(now), id);
            return added == 0 ? 0 : handle.execute("""
                            delete from known_network where name = ? and id not in (
                                select id from known_network where name = ? order by succeeded_at desc limit ?)""", name, name, MAX_OF_A_NAME);
        });
    }

    /** Deletes the networks whose last success is too long ago. */
    public void purge(Instant now) {
        database.purge("known_network", "id", "succeeded_at", now.minus(MAX_AGE));
    }
}
