package dev.logintoken.contract.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.CommandLine;
import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.TestDatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs commands on a database of production. H2 runs with AUTO_SERVER, so that several processes can open it. */
final class ProductionCommands implements AutoCloseable {

    /** The master key. */
    static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";

    private final Path directory;
    private final CommandLine commands;
    private final TestDatabase database;
    private final List<String> settings;

    ProductionCommands(Path directory) throws Exception {
        this.directory = directory;
        this.commands = CommandLine.open(Files.createDirectory(directory.resolve("war")));
        this.database = TestDatabase.open(directory);
        this.settings = new ArrayList<>(database.settings());
        settings.remove("-Dlogintoken.sandbox=true");
        settings.addAll(List.of(
                "-Dlogintoken.keys.master=" + KEY,
                "-Dlogintoken.website.base-url=https://www.example.com",
                "-Dlogintoken.ttl=3600"));
    }

    TestDatabase database() {
        return database;
    }

    List<String> settings() {
        return settings;
    }

    /** Creates a user whom the partner app knows by an identifier, and returns the user's uuid. */
    String makeUser(String identifier) throws Exception {
        String user = done("", "user", "create", "--email", UUID.randomUUID() + "@example.com")
                .json()
                .path("user")
                .asText();
        done("", "identifier", "link", identifier, "--partner", "app", "--user", user);
        return user;
    }

    /** Creates an API key of a partner. */
    String issueKey(String partner) throws Exception {
        JsonNode key = done("", "api-key", "issue", partner).json();
        assertThat(key.path("apiKey").asText()).hasSize(43);
        return key.path("apiKey").asText();
    }

    /** Runs a command that must succeed. */
    Command done(String input, String... words) throws Exception {
        Command said = command(input, words);
        assertThat(said.status()).as(said.complaint()).isZero();
        assertThat(said.complaint()).isEmpty();
        return said;
    }

    /** Runs a command as a process, by {@code java -jar}, as an operator does. */
    Command process(String input, String... words) throws Exception {
        return Command.run(directory, settings, input, List.of(words));
    }

    /** Runs a command, with its report in JSON. */
    Command command(String input, String... words) throws Exception {
        return run(List.of(), input, words);
    }

    /** Runs a command with more settings. */
    Command run(List<String> more, String input, String... words) throws Exception {
        List<String> all = new ArrayList<>(settings);
        all.addAll(more);
        return runWith(all, input, words);
    }

    /** Runs a command with other settings. */
    Command runWith(List<String> all, String input, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("--json"));
        command.addAll(List.of(words));
        return commands.run(all, input, command);
    }

    /** Asserts that a command wrote one line on standard error, and nothing else. */
    static void assertRefused(int status, Command said) {
        assertThat(said.status()).as(said.complaint()).isEqualTo(status);
        assertThat(said.output()).isEmpty();
        assertThat(said.complaint().lines()).hasSize(1);
    }

    @Override
    public void close() throws IOException {
        commands.close();
    }
}
