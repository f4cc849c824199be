package dev.logintoken.server.log;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Escapes texts from outside for the log. It escapes, as in Java, each character that could end a line, move a
 * terminal's cursor or change the direction of writing.
 */
public final class Escaped {

    private Escaped() {}

    /** Returns a text with its control characters escaped. */
    public static String text(String text) {
        int harmless = 0;
        while (harmless < text.length() && isHarmless(text.charAt(harmless))) {
            harmless++;
        }
        if (harmless == text.length()) { // Nearly always, and each exchange logs a line or two.
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, harmless);
        for (int i = harmless; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isHarmless(character)) {
                escaped.append(character);
            } else {
                escaped.append(escape(character));
            }
        }
        return escaped.toString();
    }

    /**
     * Returns a failure with the same stack traces. Its messages, and those of its causes, have no control characters.
     */
    public static Throwable of(Throwable failure) {
        return new Failure(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean isHarmless(char character) {
        if (character < 0x7f) {
            return character >= ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escape(char character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted((int) character);
        };
    }

    /** Prints like the failure that it stands for. */
    private static final class Failure extends Throwable {
        private static final long serialVersionUID = 1L;

        private final String text;

        Failure(Throwable original, Set<Throwable> seen) {
            super(null, cause(original, seen), true, true);
            text = text(original.toString());
            setStackTrace(original.getStackTrace());
            for (Throwable suppressed : original.getSuppressed()) {
                if (seen.add(suppressed)) {
                    addSuppressed(new Failure(suppressed, seen));
                }
            }
        }

        private static @Nullable Throwable cause(Throwable original, Set<Throwable> seen) {
            seen.add(original);
            Throwable cause = original.getCause();
            return cause != null && seen.add(cause) ? new Failure(cause, seen) : null;
        }

        @Override
        public String getMessage() {
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
