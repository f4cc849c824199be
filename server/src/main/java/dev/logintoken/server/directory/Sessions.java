package dev.logintoken.server.directory;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.cache.RowKey;
import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/** Stores sessions and the hashes of their refresh tokens. */
public final class Sessions {

    /** A second use within this time counts as a race of two requests, not as theft. */
    private static final Duration RACE_WINDOW = Duration.ofSeconds(10);

    private final Database database;
    private final RowCache cache;

    public Sessions(Database database, RowCache cache) {
        this.database = database;
        this.cache = cache;
    }

    /** The results of using a refresh token. */
    public enum Rotation {
        /** It was the newest of its session, and was replaced. */
        ROTATED,
        /** It had been used less than 10 seconds earlier; nothing was done. */
        RACE,
        /** It had been used earlier; its session was revoked. */
        REUSED
    }

    /** Starts a session with its first refresh token. */
    public void start(Session session, Instant now, byte[] refreshSha256) {
        database.transaction(handle -> {
            insert(handle, session, now);
            return insertRefreshToken(handle, refreshSha256, session.sid());
        });
    }

    /** Inserts a session without a refresh token. */
    public static void insert(Handle handle, Session session, Instant now) {
        handle.createUpdate("""
                        insert into session (sid, partner, account, started_at, ends_at)
                        values (:sid, :partner, cast(:account as uuid), :now, :endsAt)""")
                .bind("sid", session.sid())
                .bind("partner", session.partner())
                .bindByType("account", session.user().orElse(null), UUID.class)
                .bind("now", utc(now))
                .bind("endsAt", utc(session.endsAt()))
                .execute();
    }

    /** Inserts a refresh token that was not used. */
    public static int insertRefreshToken(Handle handle, byte[] sha256, UUID sid) {
        return handle.execute("insert into refresh_token (sha256, sid) values (?, ?)", sha256, sid);
    }

    /** Marks a refresh token as used; returns whether it was unused. */
    public static boolean use(Handle handle, byte[] sha256, Instant now) {
        return handle.execute(
                        "update refresh_token set used_at = ? where sha256 = ? and used_at is null", utc(now), sha256)
                == 1;
    }

    /** Returns the session for which a refresh token was issued, whatever has happened to either since. */
    public Optional<Session> byRefreshToken(byte[] sha256) {
        return database.query(handle -> handle.createQuery("""
                        select s.sid, s.partner, s.account, s.ends_at, s.revoked_at
                        from refresh_token r join session s on s.sid = r.sid
                        where r.sha256 = :sha256""")
                .bind("sha256", sha256)
                .map((row, context) -> session(row))
                .findOne());
    }

    /**
     * Replaces a refresh token by the next one, unless it was used before. One conditional update decides a race.
     *
     * @param request the request id, for the audit
     */
    public Rotation rotate(UUID sid, byte[] sha256, byte[] nextSha256, Instant now, String request) {
        Rotation rotation = rotated(sid, sha256, nextSha256, now, request);
        if (rotation == Rotation.REUSED) {
            cache.invalidate(RowKey.session(sid));
        }
        return rotation;
    }

    private Rotation rotated(UUID sid, byte[] sha256, byte[] nextSha256, Instant now, String request) {
        return database.transaction(handle -> {
            if (use(handle, sha256, now)) {
                insertRefreshToken(handle, nextSha256, sid);
                return Rotation.ROTATED;
            }
            Instant usedAt = handle.select("select used_at from refresh_token where sha256 = ?", sha256)
                    .map((row, context) ->
                            row.getObject("used_at", OffsetDateTime.class).toInstant())
                    .one();
            if (usedAt.isAfter(now.minus(RACE_WINDOW))) {
                return Rotation.RACE;
            }
            revoke(handle, sid, now);
            Session session = bySid(handle, sid);
            Audit.Event.done(
                            session.partner().toString(),
                            "refresh-reuse",
                            Optional.of(session.partner()),
                            session.user(),
                            Optional.of(request))
                    .write(handle);
            return Rotation.REUSED;
        });
    }

    /**
     * Returns whether a session exists and was not revoked. It has to belong to this partner, and to this user if one
     * is given.
     */
    public boolean lives(UUID sid, UUID partner, Optional<UUID> user) {
        return cache.get(RowKey.session(sid), () -> alive(sid))
                .filter(session ->
                        session.partner().equals(partner) && session.user().equals(user))
                .isPresent();
    }

    /** The owner of a session that was not revoked. */
    private record Alive(UUID partner, Optional<UUID> user) {}

    private Optional<Alive> alive(UUID sid) {
        return database.query(handle -> handle.select(
                        "select partner, account from session where sid = ? and revoked_at is null", sid)
                .map((row, context) -> new Alive(
                        row.getObject("partner", UUID.class),
                        Optional.ofNullable(row.getObject("account", UUID.class))))
                .findOne());
    }

    /**
     * Ends a session; nothing happens if it has ended already.
     *
     * @param request the request id, for the audit
     */
    public void revoke(UUID sid, Instant now, String request) {
        try {
            database.transaction(handle -> {
                if (revoke(handle, sid, now)) {
                    Session session = bySid(handle, sid);
                    UUID actor = session.user().orElse(session.partner());
                    Audit.Event.done(
                                    actor.toString(),
                                    "logout",
                                    Optional.of(session.partner()),
                                    session.user(),
                                    Optional.of(request))
                            .write(handle);
                }
                return true;
            });
        } finally {
            cache.invalidate(RowKey.session(sid));
        }
    }

    /** Revokes a session; returns whether it was not revoked before. */
    public static boolean revoke(Handle handle, UUID sid, Instant now) {
        return handle.execute("update session set revoked_at = ? where sid = ? and revoked_at is null", utc(now), sid)
                == 1;
    }

    /** Revokes the sessions of a partner and of the users who logged in through it. */
    public static void revokeOfPartner(Handle handle, UUID partner, Instant now) {
        handle.execute("update session set revoked_at = ? where partner = ? and revoked_at is null", utc(now), partner);
    }

    /** Revokes the sessions of a user. */
    public static void revokeOfUser(Handle handle, UUID user, Instant now) {
        handle.execute("update session set revoked_at = ? where account = ? and revoked_at is null", utc(now), user);
    }

    /** Deletes the sessions of a user. */
    public static void deleteOfUser(Handle handle, UUID user) {
        handle.execute("delete from session where account = ?", user);
    }

    /** Deletes a session. */
    public static void delete(Handle handle, UUID sid) {
        handle.execute("delete from session where sid = ?", sid);
    }

    /** Deletes the sessions that ended for good. */
    public void purge(Instant now) {
        database.purge("session", "sid", "ends_at", now);
        cache.invalidateAll();
    }

    private static Session bySid(Handle handle, UUID sid) {
        return handle.select("select sid, partner, account, ends_at, revoked_at from session where sid = ?", sid)
                .map((row, context) -> session(row))
                .one();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("sid", UUID.class),
                row.getObject("partner", UUID.class),
                Optional.ofNullable(row.getObject("account", UUID.class)),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                row.getObject("revoked_at") != null);
    }
}
