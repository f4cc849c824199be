package dev.logintoken.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line an event: time, level, logger, message; a failure's stack trace below. {@code SimpleFormatter} can be told to
 * write the same, but interprets its format for each line and walks over the stack to find out who logs.
 */
final class LineFormatter extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(256);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ')
                .append(event.getLevel().getLocalizedName())
                .append(' ')
                .append(event.getLoggerName())
                .append(": ")
                .append(formatMessage(event))
                .append(System.lineSeparator());
        if (event.getThrown() != null) {
            StringWriter trace = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(trace, true));
            line.append(trace);
        }
        return line.toString();
    }
}
