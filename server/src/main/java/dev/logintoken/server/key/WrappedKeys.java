package dev.logintoken.server.key;

import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static dev.logintoken.server.database.Database.utc;

/** Secret keys that the nodes have in common, each wrapped by a key that the database does not know. */
public final class WrappedKeys {

    /** Ids are a byte of what is signed, and go round. */
    private static final int IDS = 256;

    private final Database database;

    /** @param database where they are kept, migrated already */
    public WrappedKeys(Database database) {
        this.database = database;
    }

    /**
     * A key as it is kept.
     *
     * @param id 0 to 255
     * @param wrapped the key, of use to nobody as it is
     * @param signsFrom when it begins to sign
     * @param verifiesUntil when it ends to verify, if that is known
     */
    public record Row(int id, byte[] wrapped, Instant signsFrom, Optional<Instant> verifiesUntil) {
        @Override
        public String toString() {
            return "Row[" + id + "]";
        }
    }

    /** All keys of a purpose, in the order in which they begin to sign. */
    public List<Row> of(String purpose) {
        return database.query(handle -> rows(handle, purpose));
    }

    /**
     * Makes the first key of a purpose, which signs from now on, if there is none.
     *
     * @param wrapped makes a new key for an id, and wraps it
     */
    public void makeFirst(String purpose, IntFunction<byte[]> wrapped, Instant now) {
        database.transactionOrAgain(handle -> rows(handle, purpose).isEmpty() && add(handle, purpose, 1, wrapped, now));
    }

    /**
     * Makes the next key of a purpose, and retires the others; forgets those that verify no more.
     *
     * @param administration on whose behalf
     * @param action what the audit calls it
     * @param wrapped makes a new key for an id, and wraps it
     * @param signsFrom when the new one begins to sign
     * @param othersUntil when the others end to verify, unless that is to be sooner already
     * @return the id of the new one
     */
    public int rotate(
            Administration administration,
            String action,
            String purpose,
            IntFunction<byte[]> wrapped,
            Instant signsFrom,
            Instant othersUntil) {
        AtomicInteger next = new AtomicInteger();
        administration.change(action, Optional.empty(), Optional.empty(), handle -> {
            handle.execute(
                    "delete from signing_key where purpose = ? and verifies_until < ?",
                    purpose,
                    utc(administration.now()));
            next.set(nextId(rows(handle, purpose)));
            handle.execute(
                    "update signing_key set verifies_until = ? where purpose = ?"
                            + " and (verifies_until is null or verifies_until > ?)",
                    utc(othersUntil),
                    purpose,
                    utc(othersUntil));
            return add(handle, purpose, next.get(), wrapped, signsFrom);
        });
        return next.get();
    }

    /** The one after the last, or after that, which is free. */
    private static int nextId(List<Row> rows) {
        Set<Integer> used = rows.stream().map(Row::id).collect(Collectors.toSet());
        int last = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).id();
        return IntStream.range(1, IDS)
                .map(step -> (last + step) % IDS)
                .filter(id -> !used.contains(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("All " + IDS + " ids are in use."));
    }

    private static List<Row> rows(Handle handle, String purpose) {
        return handle.select(
                        "select id, wrapped, signs_from, verifies_until from signing_key"
                                + " where purpose = ? order by signs_from",
                        purpose)
                .map((row, context) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getInt("id"),
                row.getBytes("wrapped"),
                row.getObject("signs_from", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("verifies_until", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static boolean add(Handle handle, String purpose, int id, IntFunction<byte[]> wrapped, Instant signsFrom) {
        return handle.execute(
                        "insert into signing_key (purpose, id, wrapped, signs_from) values (?, ?, ?, ?)",
                        purpose,
                        id,
                        wrapped.apply(id),
                        utc(signsFrom))
                == 1;
    }
}
