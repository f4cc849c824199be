package dev.logintoken.server.database;

import dev.logintoken.server.failure.FailureLine;
import dev.logintoken.server.failure.OutdatedException;
import dev.logintoken.server.failure.UnfitException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/** The migrations that bring a database's schema up to date. */
final class Migrations {

    private Migrations() {}

    /**
     * Runs the pending migrations. Flyway starts only if there are some, or if its table is not as it left it.
     *
     * @throws UnfitException if that is not possible in the schema
     */
    static void run(DataSource dataSource, Database database) {
        boolean postgresql = database.isPostgresql();
        if (database.<Boolean, RuntimeException>transaction(
                handle -> Schema.isUntouched(handle, folders(postgresql)))) {
            return;
        }
        obstacle(database, postgresql).ifPresent(reason -> {
            throw new UnfitException(reason);
        });
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations(folders(postgresql).stream()
                            .map(folder -> "classpath:" + folder)
                            .toArray(String[]::new))
                    .callbackLocations(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                // Flyway's advice names its own settings, which do not exist here.
                throw new UnfitException(Obstacle.FOREIGN);
            }
            throw e;
        }
    }

    /** Returns why those that are pending cannot run. */
    private static Optional<String> obstacle(Database database, boolean postgresql) {
        // In a transaction, because PgBouncer's pool_mode=statement fails there.
        return database.transaction(handle ->
                Schema.isCurrent(handle, folders(postgresql)) ? Optional.empty() : Obstacle.of(handle, postgresql));
    }

    /**
     * Checks that no migration is pending.
     *
     * @throws OutdatedException if one is; it says what to do
     */
    static void requireNone(Database database) {
        boolean postgresql = database.isPostgresql();
        if (!database.<Boolean, RuntimeException>transaction(handle -> Schema.isCurrent(handle, folders(postgresql)))) {
            throw obstacle(database, postgresql)
                    .map(reason -> new OutdatedException(FailureLine.sentence(reason)))
                    .orElseGet(OutdatedException::new);
        }
    }

    /** Returns the folders of the migrations for this kind of database. */
    static List<String> folders(boolean postgresql) {
        return postgresql ? List.of(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS) : List.of(Schema.MIGRATIONS);
    }
}
