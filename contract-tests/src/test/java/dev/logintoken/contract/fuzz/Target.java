package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.container.Containers;
import dev.logintoken.contract.container.Hosted;
import dev.logintoken.contract.container.Setup;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.sandbox.ServiceProcess;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A sandbox that is fuzzed, and its log.
 *
 * @param container whether a servlet container stands before the application: what that refuses by itself is answered and
 *     logged in its own way, and none of the contract's business
 */
record Target(String name, URI url, Path log, boolean container, Runnable stop) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Starts what is called by a name: h2, postgresql, or a servlet container of the matrix. */
    static Target start(String name) throws Exception {
        return switch (name) {
            case "h2" -> executable(name, TestDatabase.sandboxOn("jdbc:h2:mem:fuzz;DB_CLOSE_DELAY=-1"));
            case "postgresql" -> executable(name, postgres());
            default -> hosted(name);
        };
    }

    private static TestDatabase postgres() throws SQLException {
        return Postgres.shared().createDatabase();
    }

    private static Target hosted(String name) throws IOException {
        Hosted hosted = Hosted.start(Containers.selected(name).get(0), Setup.SANDBOX);
        return new Target(name, hosted.url(), hosted.console(), true, hosted::close);
    }

    private static Target executable(String name, TestDatabase database) throws IOException {
        Path directory = Files.createTempDirectory("fuzz-");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(database.settings());
        command.addAll(List.of("-Dlogintoken.http.port=0", "-jar", System.getProperty("login-token.war")));
        ServiceProcess service = ServiceProcess.start(command, directory, PATIENCE);
        return new Target(name, service.url(), service.outputFile(), false, service::close);
    }

    @Override
    public void close() {
        stop.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
