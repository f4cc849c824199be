package dev.logintoken.contract.service;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server as processes of its own, ended with this one. {@code fsync} is on, but {@code synchronous_commit}
 * is off: unless a transaction asks for better, its last commits are lost in a crash.
 */
public final class Postgres implements AutoCloseable {

    private final @Nullable Path data;
    private final AtomicInteger databases = new AtomicInteger();
    private final int port = Ports.free();
    private @Nullable EmbeddedPostgres server;

    private Postgres(@Nullable Path data) {
        this.data = data;
    }

    private static final class Shared {
        static final Postgres INSTANCE = in(null);
    }

    /** The server that the tests of this run have in common; each has a database of its own. */
    public static Postgres shared() {
        return Shared.INSTANCE;
    }

    /** A server that a test can stop, start and break; without a directory it leaves nothing behind. */
    public static Postgres in(@Nullable Path data) {
        Postgres postgres = new Postgres(data);
        postgres.start();
        return postgres;
    }

    /** A new database on this server. */
    public TestDatabase createDatabase() throws SQLException {
        return createDatabase("");
    }

    /** The same with options of {@code create database}. */
    public TestDatabase createDatabase(String options) throws SQLException {
        String name = "contract" + databases.incrementAndGet();
        execute("create database " + name + " " + options);
        return TestDatabase.sandboxOn(url(name));
    }

    /** Runs a statement as the server's administrator. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            connection.createStatement().execute(sql);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    /** Starts it, where it was before and with what it had. */
    public void start() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "off")
                .setPort(port);
        if (data != null) {
            builder.setDataDirectory(data).setCleanDataDirectory(false);
        }
        try {
            server = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as an administrator would, who does not wait for clients. */
    public void stop() throws IOException {
        Objects.requireNonNull(server).close();
    }

    /** Ends all its processes as a power failure would. */
    public void crash() throws IOException {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        stop();
    }

    /** Holds all its processes: connections stay open, and nothing is answered. */
    public void freeze() throws Exception {
        signal("STOP");
    }

    /** Lets its processes go on. */
    public void thaw() throws Exception {
        signal("CONT");
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private void signal(String signal) throws Exception {
        for (ProcessHandle process : processes()) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        String pid = Files.readAllLines(Objects.requireNonNull(data).resolve("postmaster.pid"))
                .get(0);
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }
}
