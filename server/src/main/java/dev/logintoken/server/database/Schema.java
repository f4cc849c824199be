package dev.logintoken.server.database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;

/** Compares this release's migrations with Flyway's table. Flyway itself would take a quarter of a start. */
final class Schema {

    /** The folder of the migrations for all databases. A test compares the names with the folder. */
    static final String MIGRATIONS = "db/migration";

    /** The folder of the migrations for PostgreSQL only. */
    static final String POSTGRESQL_MIGRATIONS = "db/postgresql";

    /** The migrations by folder, named as Flyway requires. */
    static final Map<String, List<String>> SCRIPTS = Map.of(
            MIGRATIONS,
            List.of("V1__directory.sql", "V2__link_consent.sql", "V3__throttling.sql"),
            POSTGRESQL_MIGRATIONS,
            List.of("R__announce_changes.sql"));

    /** The tables that the migrations make. A test compares the names with a database. */
    static final List<String> TABLES = List.of(
            "account",
            "api_key",
            "attempt_bucket",
            "audit",
            "document",
            "failed_attempt",
            "identifier",
            "installation",
            "known_network",
            "link_consent",
            "partner",
            "partner_origin",
            "redeemed_login_token",
            "redemption_watermark",
            "refresh_token",
            "session",
            "signing_key");

    /** Flyway's table of the migrations that were run. */
    static final String HISTORY = "flyway_schema_history";

    private static final String REPEATABLE = "R__";

    private Schema() {}

    /**
     * A migration that was run.
     *
     * @param name the name of a script with this version and description
     */
    private record Applied(
            String script,
            String name,
            boolean success,
            @Nullable Integer checksum) {}

    /**
     * Returns whether a database has every migration of this release. Later ones, of a newer release, do no harm.
     *
     * @param folders the folders of the migrations that the database needs
     */
    static boolean isCurrent(Handle handle, List<String> folders) {
        return hasAll(history(handle), folders);
    }

    /**
     * Returns whether a database has every migration of this release, with its text, and no other. Then Flyway would
     * neither run nor refuse anything.
     *
     * @param folders the folders of the migrations that the database needs
     */
    static boolean isUntouched(Handle handle, List<String> folders) {
        List<Applied> history = history(handle);
        return hasAll(history, folders) && history.stream().allMatch(applied -> isOurs(applied, folders));
    }

    /** Returns the migrations in Flyway's table, the newest first; none if there is no such table. */
    private static List<Applied> history(Handle handle) {
        boolean migrated = handle.createQuery(
                                "select count(*) from information_schema.tables where table_name = 'flyway_schema_history'"
                                        + " and table_schema = current_schema")
                        .mapTo(Integer.class)
                        .one()
                > 0;
        return migrated
                ? handle.createQuery("""
                        select "version", "description", "script", "success", "checksum" from "flyway_schema_history"
                        where "type" <> 'TABLE' order by "installed_rank" desc""")
                        .map((row, context) -> new Applied(
                                row.getString("script"),
                                name(row.getString("version"), row.getString("description")),
                                row.getBoolean("success"),
                                row.getObject("checksum", Integer.class)))
                        .list()
                : List.of();
    }

    private static String name(@Nullable String version, String description) {
        return (version == null ? REPEATABLE : "V" + version + "__") + description.replace(' ', '_') + ".sql";
    }

    private static boolean hasAll(List<Applied> history, List<String> folders) {
        return folders.stream()
                .allMatch(folder -> SCRIPTS.getOrDefault(folder, List.of()).stream()
                        .allMatch(script -> wasRun(history, folder, script)));
    }

    /**
     * Returns whether a migration was run. The newest row counts: a repeatable migration runs again when its text has
     * changed.
     */
    private static boolean wasRun(List<Applied> history, String folder, String script) {
        return history.stream()
                .filter(applied -> applied.script().equals(script))
                .findFirst()
                .filter(Applied::success)
                .filter(applied -> !script.startsWith(REPEATABLE)
                        || Objects.equals(applied.checksum(), checksum(folder + "/" + script)))
                .isPresent();
    }

    /** Returns whether a migration is one of this release's. A repeatable one may have run with an earlier text. */
    private static boolean isOurs(Applied applied, List<String> folders) {
        return applied.success()
                && applied.name().equals(applied.script())
                && folders.stream()
                        .filter(folder ->
                                SCRIPTS.getOrDefault(folder, List.of()).contains(applied.script()))
                        .anyMatch(folder -> applied.script().startsWith(REPEATABLE)
                                || Objects.equals(applied.checksum(), checksum(folder + "/" + applied.script())));
    }

    /** Returns the checksum as Flyway computes it: over the lines without their line ends. */
    static int checksum(String resource) {
        CRC32 crc = new CRC32();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Schema.class.getResourceAsStream("/" + resource), resource),
                StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) crc.getValue();
    }

    /** Returns the mode that a database was made in. */
    static Optional<String> mode(Handle handle) {
        return handle.createQuery("select mode from installation")
                .mapTo(String.class)
                .findOne();
    }

    /** Returns the mode that a database was made in. Marks a new database with the given mode. */
    static String mode(Handle handle, Database.Mode mode) {
        return mode(handle).orElseGet(() -> {
            handle.execute("insert into installation (mode) values (?)", mode.name());
            return mode.name();
        });
    }
}
