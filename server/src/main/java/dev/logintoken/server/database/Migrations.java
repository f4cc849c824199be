package dev.logintoken.server.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

import java.util.List;

import javax.sql.DataSource;

/** The migrations that bring a database's schema up to date. */
final class Migrations {

    private Migrations() {}

    /**
     * Runs the pending migrations.
     *
     * @throws UnfitException if the schema has tables or views but none of ours
     */
    static void run(DataSource dataSource, boolean postgresql) {
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
                throw new UnfitException(
                        "its schema has tables or views of another application. Give the service a database or a"
                                + " schema of its own: on PostgreSQL, logintoken.db.url ends in ?currentSchema=login_token"
                                + " for a schema of that name");
            }
            throw e;
        }
    }

    /** Returns the folders of the migrations for this kind of database. */
    static List<String> folders(boolean postgresql) {
        return postgresql ? List.of(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS) : List.of(Schema.MIGRATIONS);
    }
}
