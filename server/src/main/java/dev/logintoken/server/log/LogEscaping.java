package dev.logintoken.server.log;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Escapes what the application's classes and its libraries log, before the host's handlers see it. A container's own
 * handlers write each text as it is, and a library's exception message may quote a caller.
 *
 * <p>A logger calls its own handlers before those of its parents, and all of them get the same record. So a handler at
 * the parent of all loggers of a library can change the record for the handlers above.
 */
public final class LogEscaping implements AutoCloseable {

    /** The parents of our loggers and of the loggers of the WAR's libraries. */
    static final List<String> PARENTS = List.of(
            "com.github.benmanes.caffeine",
            "com.zaxxer.hikari",
            "dev.logintoken",
            "io.micrometer",
            "org.flywaydb",
            "org.glassfish.hk2",
            "org.glassfish.jersey",
            "org.h2",
            "org.hibernate.validator",
            "org.jboss.logging",
            "org.jdbi",
            "org.jvnet.hk2",
            "org.postgresql",
            "org.springframework.security");

    private final Handler escaper = new Escaper();

    /** Strong references, because the log manager holds loggers weakly. */
    private final List<Logger> parents = PARENTS.stream().map(Logger::getLogger).toList();

    private LogEscaping() {}

    /** Starts to escape. */
    public static LogEscaping start() {
        LogEscaping escaping = new LogEscaping();
        escaping.parents.forEach(parent -> parent.addHandler(escaping.escaper));
        return escaping;
    }

    /** Stops escaping. A logger of the host must hold no class of the application. */
    @Override
    public void close() {
        parents.forEach(parent -> parent.removeHandler(escaper));
    }

    /** Escapes each record, and writes nothing itself. */
    private static final class Escaper extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord event) {
            if (event.getMessage() != null) {
                event.setMessage(Escaped.text(formatter.formatMessage(event)));
                event.setParameters(null);
                event.setResourceBundle(null);
            }
            if (event.getThrown() != null) {
                event.setThrown(Escaped.of(event.getThrown()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
