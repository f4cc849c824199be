package dev.logintoken.server.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Logs what happens with every request. The logger's name stands for the class that logs. Finding the class out means
 * walking the stack, which takes longer than the rest of an exchange.
 */
public final class EventLog {

    private static final String PARENT = "dev.logintoken";

    private final Logger logger;
    private final String child;

    public EventLog(String child) {
        this.logger = Logger.getLogger(PARENT + "." + child);
        this.child = child;
    }

    /** Returns whether the log is enabled. */
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
