package dev.logintoken.launcher.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * Formats an event as one line: time, level, logger, message. A failure's stack trace follows below.
 * {@code SimpleFormatter} can write the same, but is slower: it interprets its format for each line, and walks the
 * stack to find the logging class. Control characters in texts are escaped, because they may come from outside and
 * could imitate our lines.
 */
final class LineFormatter extends Formatter {

    private static final ZoneId ZONE = ZoneId.systemDefault();
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("Z", Locale.ROOT);

    /**
     * The last second that was formatted. Formatting takes longer than all else, and thousands of events share one
     * second.
     */
    private volatile Second last = Second.of(0);

    /** A second since the epoch, with its text before and after the milliseconds. */
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
                .append(escaped(formatMessage(event)))
                .append(System.lineSeparator());
        if (event.getThrown() != null) {
            StringWriter trace = new StringWriter();
            event.getThrown().printStackTrace(new EscapedLines(trace));
            line.append(trace);
        }
        return line.toString();
    }

    private static String escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isFit(text.charAt(i))) {
                return text.chars()
                        .mapToObj(character -> isFit((char) character)
                                ? Character.toString(character)
                                : character == '\n' ? "\\n" : "\\u%04x".formatted(character))
                        .collect(Collectors.joining());
            }
        }
        return text;
    }

    /** Returns whether a character is safe: it can neither end a line nor change how a terminal shows the next ones. */
    private static boolean isFit(char character) {
        if (character < 0x7f) {
            return character >= ' ' || character == '\t';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Receives a printed stack trace and escapes each line. */
    private static final class EscapedLines extends PrintWriter {

        EscapedLines(StringWriter trace) {
            super(trace);
        }

        @Override
        public void println(Object line) {
            super.println((Object) escaped(String.valueOf(line)));
        }
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
