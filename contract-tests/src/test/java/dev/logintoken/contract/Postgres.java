package dev.logintoken.contract;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server as a process of its own, ended with this one. What it has written is on disk. */
final class Postgres {

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private Postgres() {
        try {
            // By default this library's server is one that may forget, to be faster.
            this.server =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final Postgres INSTANCE = new Postgres();
    }

    /** The server that the tests of this run have in common; each has a database of its own. */
    static Postgres shared() {
        return Shared.INSTANCE;
    }

    /** A new database on this server. */
    TestDatabase createDatabase() {
        String name = "contract" + databases.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return TestDatabase.sandboxOn(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name + "?user=postgres");
    }
}
