package dev.logintoken.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line an event: time, level, logger, message; a failure's stack trace below. {@code SimpleFormatter} can be told to
 * write the same, but interprets its format for each line and walks over the stack to find out who logs.
 */
final class LineFormatter extends Formatter {

    private static final ZoneId ZONE = ZoneId.systemDefault();
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("Z", Locale.ROOT);

    /** The last one that was written out: to do that takes longer than all else, and thousands of events share it. */
    private volatile Second last = Second.of(0);

    /** A second since the epoch, as it stands before and after the milliseconds. */
    private record Second(long number, String text, String offset) {

        static Second of(long number) {
            ZonedDateTime time = Instant.ofEpochSecond(number).atZone(ZONE);
            return new Second(number, SECOND.format(time), OFFSET.format(time));
        }
    }

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(256);
        appendTime(event.getInstant(), line);
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

    private void appendTime(Instant time, StringBuilder line) {
        Second second = last;
        if (second.number() != time.getEpochSecond()) {
            second = Second.of(time.getEpochSecond());
            last = second;
        }
        int millis = time.getNano() / 1_000_000;
        line.append(second.text())
                .append((char) ('0' + millis / 100))
                .append((char) ('0' + millis / 10 % 10))
                .append((char) ('0' + millis % 10))
                .append(second.offset());
    }
}
