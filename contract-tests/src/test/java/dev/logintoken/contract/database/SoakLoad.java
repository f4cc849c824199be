package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Nodes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The load of wrk on one node: it asks for login tokens.
 *
 * @param wrk the process
 */
record SoakLoad(Process wrk) {

    private static final Pattern REPORT = Pattern.compile("load issued=(\\d+) failed=(\\d+) foreign=(\\d+)(.*)");

    /**
     * The end of the load.
     *
     * @param issued the number of issued tokens
     * @param foreign the number of answers outside the contract
     * @param line the whole report
     */
    record Report(long issued, long foreign, String line) {}

    /** Starts the load. */
    static SoakLoad on(URI node, Duration length, int users) throws IOException {
        ProcessBuilder wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c4",
                        "-d" + length.toSeconds() + "s",
                        "-s",
                        Path.of("soak/load.lua").toAbsolutePath().toString(),
                        node.toString())
                .redirectErrorStream(true);
        wrk.environment().put("SOAK_USERS", Integer.toString(users));
        wrk.environment().put("SOAK_API_KEY", Nodes.API_KEY);
        return new SoakLoad(wrk.start());
    }

    /** Waits for the end of the load, prints its output, and returns its report. */
    Report await() throws Exception {
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(output);
        assertThat(wrk.waitFor()).as(output).isZero();
        Matcher report = REPORT.matcher(output);
        assertThat(report.find()).as(output).isTrue();
        return new Report(Long.parseLong(report.group(1)), Long.parseLong(report.group(3)), report.group());
    }
}
