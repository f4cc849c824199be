package dev.logintoken.server.database;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;

/** Finds out why migrations cannot run in a schema, before Flyway tries. */
final class Obstacle {

    static final String FOREIGN =
            "its schema has tables or views of another application. Give the service a database or a"
                    + " schema of its own: on PostgreSQL, logintoken.db.url ends in ?currentSchema=login_token for a schema of that"
                    + " name";

    private Obstacle() {}

    /** What the schema of the connection is like, and what its role may do there. */
    record Place(
            String role,
            Optional<String> schema,
            String path,
            boolean creates,
            boolean migrated,
            boolean readable,
            boolean filled) {}

    /** Returns what is wrong and what to do, in the middle of a sentence; empty if nothing is seen to be wrong. */
    static Optional<String> of(Handle handle, boolean postgresql) {
        return postgresql ? ofPostgresql(place(handle)) : ofH2(handle);
    }

    private static Optional<String> ofH2(Handle handle) {
        List<String> tables = handle.createQuery(
                        "select table_name from information_schema.tables where table_schema = current_schema")
                .mapTo(String.class)
                .list();
        return tables.isEmpty() || tables.contains(Schema.HISTORY) ? Optional.empty() : Optional.of(FOREIGN);
    }

    /** Returns the same for a schema of PostgreSQL. */
    static Optional<String> ofPostgresql(Place place) {
        String role = "the role " + place.role();
        if (place.schema().isEmpty()) {
            return Optional.of(role + " may use no schema of the search path " + place.path()
                    + ": grant usage and create on the schema to " + place.role() + ", or create the schema");
        }
        String name = place.schema().get();
        String schema = "schema " + name;
        if (place.filled() && !place.migrated()) {
            return Optional.of(FOREIGN);
        }
        if (place.migrated() && !place.readable()) {
            return Optional.of(role + " has no right to select on " + Schema.HISTORY + ": as the owner of the tables, "
                    + DatabaseProbe.grant(name, place.role()));
        }
        return place.creates()
                ? Optional.empty()
                : Optional.of(role + " may not create tables in " + schema + ": make " + place.role()
                        + " the owner of the database, or grant create on " + schema + " to " + place.role());
    }

    private static Place place(Handle handle) {
        return handle.createQuery("""
                        select current_user, current_schema, current_setting('search_path'),
                            coalesce(has_schema_privilege(current_schema, 'CREATE'), false),
                            history is not null, coalesce(has_table_privilege(history, 'SELECT'), false),
                            exists (
                                select from pg_catalog.pg_class c
                                where c.relnamespace = to_regnamespace(quote_ident(current_schema))
                                    and c.relkind in ('r', 'p', 'v', 'm', 'S')
                                    and not exists (
                                        select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e'))
                        from (select to_regclass(quote_ident(current_schema) || '.%s') history) h
                        """.formatted(Schema.HISTORY))
                .map((row, context) -> new Place(
                        row.getString(1),
                        Optional.ofNullable(row.getString(2)),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7)))
                .one();
    }
}
