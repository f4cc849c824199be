package dev.logintoken.server.directory;

import org.flywaydb.core.Flyway;

import java.util.List;

import javax.sql.DataSource;

/** The migrations that bring a database's schema up to date. */
final class Migrations {

    private Migrations() {}

    /** Runs those that are pending. */
    static void run(DataSource dataSource, boolean postgresql) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(dataSource)
                .locations(folders(postgresql).stream()
                        .map(folder -> "classpath:" + folder)
                        .toArray(String[]::new))
                .callbackLocations(new String[0])
                .load()
                .migrate();
    }

    /** Returns the folders of the migrations that a database needs. */
    static List<String> folders(boolean postgresql) {
        return postgresql ? List.of(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS) : List.of(Schema.MIGRATIONS);
    }
}
