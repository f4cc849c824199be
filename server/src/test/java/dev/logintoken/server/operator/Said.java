package dev.logintoken.server.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command that was run in this JVM, and its result.
 *
 * @param status its exit status
 * @param output its standard output
 * @param complaint its standard error
 */
record Said(int status, String output, String complaint) {

    /**
     * Strong references, so that the loggers keep their levels. The pools and migrations of many commands, and the traces
     * of refusals, would fill the output.
     */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("org.flywaydb"));

    private static final Logger TRACES = Logger.getLogger("dev.logintoken.server.operator");

    static {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        TRACES.setLevel(Level.OFF);
    }

    /** Runs a command without input. */
    static Said say(String... words) {
        return say(new byte[0], words);
    }

    /** Runs a command that succeeds, and returns its report. */
    static JsonNode done(String... words) {
        List<String> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(words));
        Said said = say(all.toArray(String[]::new));
        assertThat(said.status()).as(said.complaint()).isZero();
        try {
            return new JsonMapper().readTree(said.output());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(said.output(), e);
        }
    }

    /** Runs a command with this input. */
    static Said say(byte[] input, String... words) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input));
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complaint, true, StandardCharsets.UTF_8));
            int status = Operator.run(words, options -> {});
            return new Said(
                    status, output.toString(StandardCharsets.UTF_8), complaint.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }
}
