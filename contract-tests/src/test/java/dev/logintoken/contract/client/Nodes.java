package dev.logintoken.contract.client;

import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.Ports;
import dev.logintoken.contract.service.Service;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Several production nodes on one database, each a process of its own on a port of its own that it keeps. */
public final class Nodes implements AutoCloseable {

    /** The API key of the partner that the nodes know. */
    public static final String API_KEY = "a-key-of-the-app";
    /** The API key of the website that the nodes know. */
    public static final String WEBSITES_KEY = "a-key-of-the-website";

    /** A master key of the settings. */
    public static final String MASTER = "uXz-TXIsLeJ9p1BBU4nRbOPvY0Ry42QO6tqZ0-8xYVw";

    /** The lifetime of their login tokens: the longest. */
    public static final Duration TTL = Duration.ofHours(1);

    private final Path directory;
    private final List<String> urls;
    private final List<String> settings;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();

    /**
     * Starts nodes on an empty database.
     *
     * @param directory for what they leave
     * @param url of the database
     * @param count how many nodes
     * @param users how many users there are, each with an identifier of 40 digits
     * @param more settings of every node
     */
    public Nodes(Path directory, String url, int count, int users, String... more) throws Exception {
        this(directory, Collections.nCopies(count, url), users, more);
    }

    /**
     * Starts nodes on an empty database that each finds at a URL of its own.
     *
     * @param directory for what they leave
     * @param urls of the database, one for each node
     * @param users how many users there are, each with an identifier of 40 digits
     * @param more settings of every node
     */
    public Nodes(Path directory, List<String> urls, int users, String... more) throws Exception {
        this.directory = directory;
        this.urls = urls;
        this.settings = new ArrayList<>(List.of(
                "-Dlogintoken.keys.master=" + MASTER,
                "-Dlogintoken.website.base-url=https://www.example.com",
                "-Dlogintoken.ttl=" + TTL.toSeconds()));
        settings.addAll(List.of(more));
        for (int i = 0; i < urls.size(); i++) {
            ports.add(Ports.free());
            services.add(start(i, List.of()));
            if (i == 0) {
                populate(users);
            }
        }
    }

    /** The number of nodes. */
    public int count() {
        return services.size();
    }

    /** Calls a node. */
    public Api api(int node) {
        return new Api(url(node));
    }

    /** Calls any node. */
    public Api any() {
        return api(ThreadLocalRandom.current().nextInt(count()));
    }

    /** Where a node answers, whether it runs or not. */
    public URI url(int node) {
        return URI.create("http://127.0.0.1:" + ports.get(node));
    }

    /** Ends a node as a power failure would. */
    public void kill(int node) throws InterruptedException {
        services.get(node).kill();
    }

    /** Starts a node that was killed, where it was. */
    public void restart(int node) throws IOException {
        restartUnder(node, List.of());
    }

    /** The same, run by another command, such as one that changes what the node takes for the time. */
    public void restartUnder(int node, List<String> command) throws IOException {
        services.set(node, start(node, command));
    }

    /** What all nodes have logged since they were started last. */
    String output() {
        return services.stream().map(Service::output).collect(Collectors.joining());
    }

    /** The identifier of a user. */
    public static String identifier(int user) {
        return "%040d".formatted(user);
    }

    /** Does an operator's command. */
    public void command(String... words) throws Exception {
        commandReading("", words);
    }

    /** The same with something to read. */
    public void commandReading(String input, String... words) throws Exception {
        Command done = Command.run(directory, settings(0), input, List.of(words));
        if (done.status() != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": " + done);
        }
    }

    /** Connects to the database of the nodes. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(urls.get(0));
    }

    @Override
    public void close() {
        services.forEach(Service::close);
    }

    private Service start(int node, List<String> under) throws IOException {
        List<String> all = settings(node);
        all.add("-Dlogintoken.http.port=" + ports.get(node));
        return Service.startUnder(under, Files.createDirectories(directory.resolve("node" + node)), all);
    }

    private List<String> settings(int node) {
        List<String> all = new ArrayList<>(settings);
        all.add("-Dlogintoken.db.url=" + urls.get(node));
        return all;
    }

    private void populate(int users) throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute("""
                    insert into partner (uuid, username, role, stamp)
                      values (gen_random_uuid(), 'app', 'APP', uuid_send(gen_random_uuid())),
                             (gen_random_uuid(), 'website', 'WEBSITE', uuid_send(gen_random_uuid()));
                    insert into api_key (sha256, partner)
                      select sha256('%s'), uuid from partner where role = 'APP'
                      union all select sha256('%s'), uuid from partner where role = 'WEBSITE';
                    insert into account (uuid, email, stamp)
                      select gen_random_uuid(), lpad(i::text, 40, '0'), uuid_send(gen_random_uuid())
                      from generate_series(0, %d) i;
                    insert into identifier (identifier, uuid, partner, account)
                      select a.email, gen_random_uuid(), p.uuid, a.uuid
                      from account a, partner p where p.role = 'APP';
                    """.formatted(API_KEY, WEBSITES_KEY, users - 1));
        }
    }
}
