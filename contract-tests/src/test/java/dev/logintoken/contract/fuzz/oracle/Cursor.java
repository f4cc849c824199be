package dev.logintoken.contract.fuzz.oracle;

/** A place in a text that is read character by character. */
final class Cursor {

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    /** Thrown at a text that does not have the expected form. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    void skip(int characters) {
        at += characters;
    }

    boolean startsWith(String words) {
        return text.startsWith(words, at);
    }

    /** Moves past the next character, which must be the wanted one. */
    void expect(char wanted) throws Invalid {
        if (next() != wanted) {
            throw new Invalid();
        }
    }

    /** Returns the next character, and moves past it. */
    char next() throws Invalid {
        if (isAtEnd()) {
            throw new Invalid();
        }
        return text.charAt(at++);
    }

    /** Returns the next character without moving; a space, which means nothing, at the end. */
    char peek() {
        return at < text.length() ? text.charAt(at) : ' ';
    }

    /** Moves past white space. */
    void blanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
