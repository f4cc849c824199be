package dev.logintoken.contract.database;

import dev.logintoken.contract.service.Ports;
import dev.logintoken.contract.service.TestDatabase;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** PgBouncer of this machine, as a process of its own in front of a PostgreSQL. */
public final class PgBouncer implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of(System.getProperty("pgbouncer", "/usr/sbin/pgbouncer"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path settings;
    private final int port;
    private final TestDatabase database;
    private Process process;

    private PgBouncer(Path settings, int port, TestDatabase database) throws IOException, InterruptedException {
        this.settings = settings;
        this.port = port;
        this.database = database;
        this.process = start();
    }

    /**
     * Starts one.
     *
     * @param mode its pool_mode, which says how long a client has a connection of the server to itself
     * @param size how many connections of the server there are at most
     */
    public static PgBouncer start(Path directory, TestDatabase behind, String mode, int size)
            throws IOException, InterruptedException {
        assertThat(EXECUTABLE)
                .as("PgBouncer; install it, or name another place by -Dpgbouncer=…")
                .isExecutable();
        int port = Ports.free();
        String url = behind.url();
        // It refuses to run as root, so root has it run as somebody else.
        boolean root = "root".equals(System.getProperty("user.name"));
        Path settings = Files.createTempFile(directory, "pgbouncer", ".ini");
        Files.writeString(settings, """
                [databases]
                * = host=127.0.0.1 port=%s user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                default_pool_size = %d
                max_client_conn = 200
                server_login_retry = 1
                %s
                """.formatted(
                        url.replaceFirst(".*:(\\d+)/.*", "$1"), port, mode, size, root ? "user = nobody" : ""));
        return new PgBouncer(settings, port, TestDatabase.sandboxOn(url.replaceFirst(":\\d+/", ":" + port + "/")));
    }

    private Process start() throws IOException, InterruptedException {
        Process started = new ProcessBuilder(EXECUTABLE.toString(), settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        settings.resolveSibling(settings.getFileName() + ".log").toFile()))
                .start();
        long begin = System.nanoTime();
        while (!listens(port)) {
            assertThat(started.isAlive()).as("PgBouncer runs").isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
            Thread.sleep(50);
        }
        return started;
    }

    /** Ends it as a power failure would, and starts it where it was. */
    public void restart() throws IOException, InterruptedException {
        close();
        process = start();
    }

    /** The database as a client of PgBouncer finds it. */
    public TestDatabase database() {
        return database;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
