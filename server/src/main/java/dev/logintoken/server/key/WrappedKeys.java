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

/** Stores the secret keys that the nodes share. Each is wrapped by a key that is not in the database. */
public final class WrappedKeys {

    /** The number of ids. An id is one byte of what is signed, and ids start again after the last. */
    private static final int IDS = 256;

    private final Database database;

    public WrappedKeys(Database database) {
        this.database = database;
    }

    /**
     * A stored key.
     *
     * @param id 0 to 255
     * @param wrapped the wrapped key, useless without the master key
     * @param signsFrom when it begins to sign
     * @param verifiesUntil when it stops verifying, if that is known
     */
    public record Row(int id, byte[] wrapped, Instant signsFrom, Optional<Instant> verifiesUntil) {
        @Override
        public String toString() {
            return "Row[" + id + "]";
        }
    }

    /** Returns all keys of a purpose, in the order in which they begin to sign. */
    public List<Row> of(String purpose) {
        return database.query(handle -> rows(handle, purpose));
    }

    /**
     * Makes the first key of a purpose if there is none. The key signs from now on.
     *
     * @param wrapped makes a new key for an id and wraps it
     */
    public void makeFirst(String purpose, IntFunction<byte[]> wrapped, Instant now) {
        database.transactionOrAgain(handle -> rows(handle, purpose).isEmpty() && add(handle, purpose, 1, wrapped, now));
    }

    /**
     * Makes the next key of a purpose, and retires the others. Deletes keys that no longer verify.
     *
     * @param administration records the change in the audit
     * @param action the action in the audit
     * @param wrapped makes a new key for an id and wraps it
     * @param signsFrom when the new key begins to sign
     * @param othersUntil when the others stop verifying, unless they stop earlier already
     * @return the new key's id
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

    /** Returns the first free id after the last one. */
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
