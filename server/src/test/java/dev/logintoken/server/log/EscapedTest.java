package dev.logintoken.server.log;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

final class EscapedTest {

    @Test
    void aTextOfALineStaysAsItIs() {
        assertThat(Escaped.text("Zoë's café: 100 % \uD83D\uDE00")).isEqualTo("Zoë's café: 100 % \uD83D\uDE00");
    }

    /**
     * The characters include the line separator, the one-byte control sequence introducer and a right-to-left override.
     */
    @Test
    void whatEndsALineOrMovesTheCursorIsEscaped() {
        assertThat(Escaped.text("a\0\r\n\t\u001b[31m\u007f\u009b\u2028\u202e"))
                .isEqualTo("a\\u0000\\r\\n\\t\\u001b[31m\\u007f\\u009b\\u2028\\u202e");
    }

    @Test
    void aFailureKeepsItsTracesCausesAndSuppressed() {
        Exception failure = new IllegalStateException("top\n", new IllegalArgumentException("cause\n"));
        failure.addSuppressed(new IllegalStateException("beside\n"));
        assertThat(trace(Escaped.of(failure)).replace("\\n", "\n")).isEqualTo(trace(failure));
    }

    @Test
    void aFailureThatIsItsOwnCauseEnds() {
        Exception one = new IllegalStateException("one");
        Exception two = new IllegalStateException("two", one);
        one.initCause(two);
        assertThat(trace(Escaped.of(one))).contains("one", "two");
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
