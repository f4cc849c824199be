package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.oracle.Cursor.Invalid;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON objects to the letter of RFC 8259, in UTF-8 alone. It notes where the RFC leaves a choice to the reader:
 * doubled names, depth, length of numbers, halves of surrogate pairs, a byte order mark.
 */
public final class StrictJson {

    /** Stands for every value that is no text. */
    enum Other {
        NULL,
        NUMBER,
        TRUTH_VALUE,
        STRUCTURE
    }

    /** Deeper than any reader has to go. */
    private static final int DEEP = 400;

    /** So deep that a reader who went on would be in danger. */
    private static final int TOO_DEEP = 1200;

    /** Longer than any number has to be. */
    private static final int LONG = 300;

    private static final char MARK = '\ufeff';

    private final Cursor cursor;
    private boolean doubtful;
    private final Map<String, Object> first = new LinkedHashMap<>();
    private final Map<String, Object> last = new LinkedHashMap<>();

    private StrictJson(String text) {
        this.cursor = new Cursor(text);
    }

    /**
     * A body, as it can be read.
     *
     * @param objects the fields of the object; several if the reader may choose; none if it is no JSON object
     * @param refusable whether it may be refused
     */
    record Reading(List<Map<String, Object>> objects, boolean refusable) {}

    private static final Reading UNREADABLE = new Reading(List.of(), true);

    /** Reads a body. */
    static Reading read(String octets) {
        Optional<String> decoded = decode(octets);
        if (decoded.isEmpty()) {
            return UNREADABLE;
        }
        String text = decoded.get();
        boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
        StrictJson json = new StrictJson(marked ? text.substring(1) : text);
        try {
            json.document();
        } catch (Invalid e) {
            return UNREADABLE;
        }
        List<Map<String, Object>> objects = new ArrayList<>(List.of(json.last));
        if (!json.first.equals(json.last)) {
            objects.add(json.first);
        }
        return new Reading(objects, json.doubtful || marked);
    }

    private static Optional<String> decode(String octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void document() throws Invalid {
        cursor.blanks();
        if (cursor.next() != '{') {
            throw new Invalid();
        }
        object(1);
        cursor.blanks();
        if (!cursor.isAtEnd()) {
            throw new Invalid();
        }
    }

    /** What follows the opening brace. */
    private void object(int depth) throws Invalid {
        cursor.blanks();
        if (cursor.peek() == '}') {
            cursor.skip(1);
            return;
        }
        do {
            cursor.blanks();
            cursor.expect('"');
            String name = string();
            cursor.blanks();
            cursor.expect(':');
            Object value = value(depth);
            if (depth == 1) {
                if (first.putIfAbsent(name, value) != null) {
                    doubtful = true;
                }
                last.put(name, value);
            }
            cursor.blanks();
        } while (isSeparated('}'));
    }

    private void array(int depth) throws Invalid {
        cursor.blanks();
        if (cursor.peek() == ']') {
            cursor.skip(1);
            return;
        }
        do {
            value(depth);
            cursor.blanks();
        } while (isSeparated(']'));
    }

    private boolean isSeparated(char end) throws Invalid {
        char separator = cursor.next();
        if (separator != ',' && separator != end) {
            throw new Invalid();
        }
        return separator == ',';
    }

    private Object value(int depth) throws Invalid {
        doubtful |= depth > DEEP;
        if (depth > TOO_DEEP) {
            throw new Invalid();
        }
        cursor.blanks();
        char start = cursor.next();
        return switch (start) {
            case '"' -> string();
            case '{' -> {
                object(depth + 1);
                yield Other.STRUCTURE;
            }
            case '[' -> {
                array(depth + 1);
                yield Other.STRUCTURE;
            }
            case 't' -> word("rue", Other.TRUTH_VALUE);
            case 'f' -> word("alse", Other.TRUTH_VALUE);
            case 'n' -> word("ull", Other.NULL);
            default -> {
                cursor.skip(-1);
                number();
                yield Other.NUMBER;
            }
        };
    }

    private Other word(String rest, Other meaning) throws Invalid {
        if (!cursor.startsWith(rest)) {
            throw new Invalid();
        }
        cursor.skip(rest.length());
        return meaning;
    }

    private void number() throws Invalid {
        int start = cursor.at();
        if (cursor.peek() == '-') {
            cursor.skip(1);
        }
        if (cursor.peek() == '0') {
            cursor.skip(1);
        } else {
            digits();
        }
        if (cursor.peek() == '.') {
            cursor.skip(1);
            digits();
        }
        if (cursor.peek() == 'e' || cursor.peek() == 'E') {
            cursor.skip(1);
            if (cursor.peek() == '+' || cursor.peek() == '-') {
                cursor.skip(1);
            }
            digits();
        }
        doubtful |= cursor.at() - start > LONG;
    }

    private void digits() throws Invalid {
        int start = cursor.at();
        while (cursor.peek() >= '0' && cursor.peek() <= '9') {
            cursor.skip(1);
        }
        if (cursor.at() == start) {
            throw new Invalid();
        }
    }

    /** What follows the opening quotation mark. */
    private String string() throws Invalid {
        StringBuilder read = new StringBuilder();
        while (true) {
            char character = cursor.next();
            if (character == '"') {
                break;
            }
            if (character < ' ') {
                throw new Invalid();
            }
            read.append(character == '\\' ? escaped() : character);
        }
        String string = read.toString();
        doubtful |= !StandardCharsets.UTF_8.newEncoder().canEncode(string);
        return string;
    }

    private char escaped() throws Invalid {
        char character = cursor.next();
        return switch (character) {
            case '"', '\\', '/' -> character;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new Invalid();
        };
    }

    private char unicode() throws Invalid {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char digit = cursor.next();
            int hexadecimal = digit < 128 ? Character.digit(digit, 16) : -1;
            if (hexadecimal < 0) {
                throw new Invalid();
            }
            value = value * 16 + hexadecimal;
        }
        return (char) value;
    }
}
