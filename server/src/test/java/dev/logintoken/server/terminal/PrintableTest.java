package dev.logintoken.server.terminal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No stored text moves a terminal's cursor, sets its title or reverses its lines. */
final class PrintableTest {

    @Test
    void aTextOfAnyLanguageStaysAsItIs() {
        String text = "jürgen@例え.jp, 😀 'x' \\";
        assertThat(Printable.isPrintable(text)).isTrue();
        assertThat(Printable.escaped(text)).isEqualTo(text);
    }

    @Test
    void whatATerminalActsUponIsEscaped() {
        String text = "a\u001b[2J\nb\u009b1m\u202ec\u2028d\u0000";
        assertThat(Printable.isPrintable(text)).isFalse();
        assertThat(Printable.escaped(text)).isEqualTo("a\\u001b[2J\\u000ab\\u009b1m\\u202ec\\u2028d\\u0000");
    }

    @Test
    void halfACharacterIsEscaped() {
        assertThat(Printable.escaped("\ud83d!")).isEqualTo("\\ud83d!");
    }
}
