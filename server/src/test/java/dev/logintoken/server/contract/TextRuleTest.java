package dev.logintoken.server.contract;

import dev.logintoken.api.model.Credentials;
import dev.logintoken.api.model.Login;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The spec's bounds are read from the generated code and described in words. */
final class TextRuleTest {

    @Test
    void anIdentifierHasItsLengthAndLetters() {
        TextRule rule = SpecConstraints.userIdentifier();
        assertThat(rule.words()).isEqualTo("36 to 255 letters and digits");
        assertThat(rule.allows("a".repeat(36))).isTrue();
        assertThat(rule.allows("a".repeat(35))).isFalse();
        assertThat(rule.allows("a".repeat(256))).isFalse();
        assertThat(rule.allows("a".repeat(36) + "-")).isFalse();
        assertThat(rule.allows("a".repeat(36) + "\n")).isFalse();
    }

    @Test
    void aUsernameHasItsLengthAlone() {
        TextRule rule = TextRule.ofField(Credentials.class, "username");
        assertThat(rule.words()).isEqualTo("1 to 255 characters");
        assertThat(rule.allows("müller\n")).isTrue();
        assertThat(rule.allows("")).isFalse();
    }

    @Test
    void anEmailAddressIsLikeItsPattern() {
        TextRule rule = TextRule.ofField(Login.class, "emailAddress");
        assertThat(rule.words()).isEqualTo("3 to 254 characters that match ^[^@\\s]+@[^@\\s]+$");
        assertThat(rule.allows("jürgen@example.com")).isTrue();
        assertThat(rule.allows("x")).isFalse();
        assertThat(rule.allows("a@" + "b".repeat(253))).isFalse();
    }

    private record Generated(@NotBlank String constrained, String free) {}

    @Test
    void aNewKindOfConstraintIsNotOverlooked() throws Exception {
        assertThatThrownBy(() -> TextRule.of(Generated.class.getDeclaredMethod("constrained")))
                .hasMessageContaining("in a new way");
        assertThatThrownBy(() -> TextRule.of(Generated.class.getDeclaredMethod("free")))
                .hasMessageContaining("does not constrain");
        assertThatThrownBy(() -> TextRule.ofField(Login.class, "phone")).hasMessageContaining("no phone");
    }
}
