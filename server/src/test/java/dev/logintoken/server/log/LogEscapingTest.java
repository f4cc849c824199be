package dev.logintoken.server.log;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** A host's handler writes what it receives. It receives no line that a caller made up. */
final class LogEscapingTest {

    private static final String FORGED = "2026-01-01 INFO dev.logintoken.audit: issued";
    private static final String OUTSIDE = "x\n" + FORGED + "\u001b[31m";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final StreamHandler host = new StreamHandler(written, new SimpleFormatter());
    private final Logger root = Logger.getLogger("");

    @BeforeEach
    void add() throws Exception {
        host.setEncoding(StandardCharsets.UTF_8.name());
        root.addHandler(host);
    }

    @AfterEach
    void remove() {
        root.removeHandler(host);
    }

    static List<String> parents() {
        return LogEscaping.PARENTS;
    }

    @ParameterizedTest
    @MethodSource("parents")
    void noLibrarysLineCanBeForged(String parent) {
        try (LogEscaping escaping = LogEscaping.start()) {
            assertThat(escaping).isNotNull();
            Logger.getLogger(parent + ".x.Y").log(Level.WARNING, OUTSIDE + " {0}", new Object[] {OUTSIDE});
            LoggerFactory.getLogger(parent + ".x.Y")
                    .warn("Failed: {}", OUTSIDE, new IllegalStateException(OUTSIDE, new RuntimeException(OUTSIDE)));
        }
        assertThat(lines())
                .anyMatch(line -> line.contains("IllegalStateException"))
                .anyMatch(line -> line.contains("Caused by"));
        assertThat(lines()).noneMatch(line -> line.startsWith(FORGED)).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void messagesKeepWhatTheySay() {
        try (LogEscaping escaping = LogEscaping.start()) {
            assertThat(escaping).isNotNull();
            Logger.getLogger("org.postgresql.Driver").log(Level.INFO, "It''s {1} of {0}", new Object[] {"two", "one"});
            Logger.getLogger("org.postgresql.Driver").info("{0} stays");
        }
        assertThat(lines()).contains("INFO: It's one of two", "INFO: {0} stays");
    }

    @Test
    void nothingIsLeftAtTheHostsLoggers() {
        LogEscaping.start().close();
        assertThat(LogEscaping.PARENTS)
                .allSatisfy(parent ->
                        assertThat(Logger.getLogger(parent).getHandlers()).isEmpty());
        Logger.getLogger("org.postgresql.Driver").warning("a\nb");
        assertThat(lines()).contains("b");
    }

    private List<String> lines() {
        host.flush();
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
