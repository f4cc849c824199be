package dev.logintoken.server.directory;

import dev.logintoken.server.error.RootCause;
import dev.logintoken.server.error.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks up users and identifiers in a replica, as long as that is less than a second behind. What does not let a login
 * token be issued is asked of the primary again: the reason may be gone by now. What is wrongly let through for a second
 * is refused when the token is redeemed.
 */
public final class ReplicaDirectory extends Directory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaDirectory.class);
    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofMillis(200);
    private static final long MAX_LAG_NANOS = Duration.ofSeconds(1).toNanos();

    private final Database primary;
    private final Database replica;
    private final Directory copy;
    private final ScheduledExecutorService measurer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "login-token-replica");
        thread.setDaemon(true);
        return thread;
    });

    /** When the primary was asked how far it was, the last time that the replica had come as far. */
    private volatile long current = System.nanoTime() - MAX_LAG_NANOS;

    private boolean used;
    private boolean told;

    private ReplicaDirectory(Database primary, Database replica) {
        super(primary);
        this.primary = primary;
        this.replica = replica;
        this.copy = new Directory(replica);
    }

    /**
     * A directory that watches a replica.
     *
     * @param primary where all is written
     * @param replica follows the primary; it need not answer
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Each run reports its own failure.
    public static ReplicaDirectory open(Database primary, Database replica) {
        ReplicaDirectory directory = new ReplicaDirectory(primary, replica);
        directory.measurer.scheduleWithFixedDelay(
                directory::measure, 0, BETWEEN_MEASUREMENTS.toMillis(), TimeUnit.MILLISECONDS);
        return directory;
    }

    @Override
    public Optional<Registration> registration(UUID partner, String identifier) {
        return read(
                directory -> directory.registration(partner, identifier),
                registration -> registration.user().isPresent(),
                () -> super.registration(partner, identifier));
    }

    @Override
    public Optional<User> user(UUID uuid) {
        return read(directory -> directory.user(uuid), user -> !user.documentPending(), () -> super.user(uuid));
    }

    @Override
    public void close() {
        measurer.shutdownNow();
    }

    private <T> Optional<T> read(
            Function<Directory, Optional<T>> lookUp, Predicate<T> good, Supplier<Optional<T>> primarily) {
        Optional<T> found = Optional.empty();
        if (isCurrent()) {
            try {
                found = lookUp.apply(copy).filter(good);
            } catch (UnavailableException e) {
                LOG.debug("The replica failed", e);
            }
        }
        return found.or(primarily);
    }

    private boolean isCurrent() {
        return System.nanoTime() - current < MAX_LAG_NANOS;
    }

    /** Whether the replica has replayed by now what the primary had written when it was asked. */
    private void measure() {
        String reason = "it is behind";
        try {
            long asked = System.nanoTime();
            String written =
                    primary.query(handle -> handle.select("select cast(pg_current_wal_insert_lsn() as varchar)")
                            .mapTo(String.class)
                            .one());
            if (replica.query(handle -> handle.select("select pg_last_wal_replay_lsn() >= cast(? as pg_lsn)", written)
                    .mapTo(Boolean.class)
                    .one())) {
                current = asked;
            }
        } catch (RuntimeException e) {
            reason = RootCause.of(e).toString();
        }
        boolean use = isCurrent();
        if (use != used || !told) {
            LOG.info(
                    "Login tokens are issued from the {}",
                    use ? "replica" : "primary; the replica cannot be used: " + reason);
            told = true;
            used = use;
        }
    }
}
