package dev.logintoken.contract.service;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An empty database for one test, of the product that the run is about: H2, or PostgreSQL if the system property
 * {@code contract.db} says so.
 *
 * @param settings make a service a sandbox on it
 * @param url where a test finds it
 */
public record TestDatabase(List<String> settings, String url) {

    private static final boolean POSTGRESQL = "postgresql".equals(System.getProperty("contract.db"));

    /** One that need not outlive its service: H2 keeps it in memory. */
    public static TestDatabase passing() {
        return POSTGRESQL ? onPostgres() : sandboxOn("jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1");
    }

    /** One that outlives its service: H2 keeps it in files, as a plain start in the directory makes it. */
    public static TestDatabase lasting(Path directory) {
        return POSTGRESQL
                ? onPostgres()
                : new TestDatabase(List.of(), "jdbc:h2:file:" + directory.resolve("data/login-token"));
    }

    /** One that a test can look into while a service runs: H2 then serves its files itself. */
    public static TestDatabase open(Path directory) {
        if (POSTGRESQL) {
            return onPostgres();
        }
        TestDatabase database =
                sandboxOn("jdbc:h2:file:" + directory.resolve("open") + ";WRITE_DELAY=0;AUTO_SERVER=TRUE");
        List<String> settings = new ArrayList<>(database.settings());
        settings.add("-Dh2.bindAddress=127.0.0.1");
        return new TestDatabase(settings, database.url());
    }

    private static TestDatabase onPostgres() {
        try {
            return Postgres.shared().createDatabase();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A database at an address, whatever its product. */
    public static TestDatabase sandboxOn(String url) {
        return new TestDatabase(List.of("-Dlogintoken.sandbox=true", "-Dlogintoken.db.url=" + url), url);
    }

    /** A connection of the test's own; H2 allows it while no service runs. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }
}
