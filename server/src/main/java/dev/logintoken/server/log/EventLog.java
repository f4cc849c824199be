package dev.logintoken.server.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A log of what happens with every request. Its name stands for the class that logs: to find that out, loggers walk over
 * the stack, which takes longer than the rest of an exchange.
 */
public final class EventLog {

    private static final String PARENT = "dev.logintoken";

    private final Logger logger;
    private final String child;

    /**
     * The log of a name.
     *
     * @param child its name below {@code dev.logintoken}
     */
    public EventLog(String child) {
        this.logger = Logger.getLogger(PARENT + "." + child);
        this.child = child;
    }

    /** Whether anybody wants to know. */
    public boolean isOn() {
        return logger.isLoggable(Level.INFO);
    }

    /** Writes one line. */
    public void write(String line) {
        LogRecord event = new LogRecord(Level.INFO, line);
        event.setLoggerName(logger.getName());
        event.setSourceClassName(PARENT);
        event.setSourceMethodName(child);
        logger.log(event);
    }
}
