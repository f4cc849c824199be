package dev.logintoken.server.administration;

import dev.logintoken.server.directory.Identifiers;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_IDENTIFIER;
import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static dev.logintoken.server.sandbox.TestSandbox.UNLINKED_IDENTIFIER;
import static org.assertj.core.api.Assertions.assertThat;

/** An operator links identifiers to users, and unlinks them. */
final class LinkAdministrationTest {

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Administration administration =
            new Administration(sandbox.database(), sandbox.clock(), "an operator");
    private final UserAdministration users = administration.users();

    @Test
    void anIdentifierIsRegisteredAndLinked() {
        String identifier = "n".repeat(40);
        assertThat(users.link(PARTNER, identifier, ACTIVE_USER)).isTrue();
        assertThat(user(identifier)).contains(ACTIVE_USER);
        assertAudited("link");
        assertThat(users.link(PARTNER, identifier, ACTIVE_USER)).as("again").isTrue();
        assertAudited("link");
    }

    @Test
    void theIdentifierOfAnotherUserOrPartnerStaysAsItIs() {
        assertThat(users.link(PARTNER, ACTIVE_IDENTIFIER, OTHER_USER)).isFalse();
        assertThat(user(ACTIVE_IDENTIFIER)).contains(ACTIVE_USER);
        assertThat(users.link(ELSEWHERE, UNLINKED_IDENTIFIER, ACTIVE_USER)).isFalse();
        assertThat(user(UNLINKED_IDENTIFIER)).isEmpty();
        assertThat(Trail.of(administration, "link")).isEmpty();
    }

    @Test
    void anUnlinkedIdentifierStaysRegistered() {
        assertThat(users.unlink(ACTIVE_IDENTIFIER)).isTrue();
        assertThat(find(ACTIVE_IDENTIFIER).orElseThrow().partner()).isEqualTo(PARTNER);
        assertThat(user(ACTIVE_IDENTIFIER)).isEmpty();
        assertThat(users.unlink(ACTIVE_IDENTIFIER)).as("again").isFalse();
        assertThat(users.unlink("nobodys")).isFalse();
        assertAudited("unlink");
    }

    private void assertAudited(String action) {
        assertThat(Trail.of(administration, action)).singleElement().satisfies(row -> {
            assertThat(row.actor()).isEqualTo("an operator");
            assertThat(row.partner()).contains(PARTNER);
            assertThat(row.user()).contains(ACTIVE_USER);
        });
    }

    private Optional<UUID> user(String identifier) {
        return find(identifier).orElseThrow().registration().user();
    }

    private Optional<Identifiers.Registered> find(String identifier) {
        return sandbox.database().query(handle -> Identifiers.find(handle, identifier));
    }
}
