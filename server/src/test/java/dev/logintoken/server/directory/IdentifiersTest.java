package dev.logintoken.server.directory;

import dev.logintoken.server.sandbox.TestSandbox;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

/** Who has an identifier, and to whom it is linked, after each attempt to change that. */
final class IdentifiersTest {

    private static final String IDENTIFIER = "identifier" + "0".repeat(30);
    private static final String REQUEST = "request";

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Identifiers identifiers = sandbox.directory().identifiers();

    @Test
    void anIdentifierBelongsToTheFirstPartnerThatRegistersIt() {
        Registration first = register(PARTNER, Optional.empty()).orElseThrow();
        assertThat(first.user()).isEmpty();
        assertThat(register(PARTNER, Optional.empty())).contains(first);
        assertThat(register(ELSEWHERE, Optional.empty())).isEmpty();
        assertThat(register(ELSEWHERE, Optional.of(ACTIVE_USER))).isEmpty();
        assertThat(linked()).isEmpty();
        assertThat(sandbox.directory().registration(ELSEWHERE, IDENTIFIER)).isEmpty();
    }

    @Test
    void aLinkStaysWithItsUser() {
        assertThat(register(PARTNER, Optional.of(ACTIVE_USER)).orElseThrow().user())
                .contains(ACTIVE_USER);
        assertThat(register(PARTNER, Optional.of(OTHER_USER))).isEmpty();
        assertThat(register(PARTNER, Optional.empty()).orElseThrow().user()).contains(ACTIVE_USER);
        assertThat(link(PARTNER, OTHER_USER)).isFalse();
        assertThat(linked()).contains(ACTIVE_USER);
    }

    @Test
    void aRegistrationIsLinkedLaterByItsPartnerAlone() {
        register(PARTNER, Optional.empty());
        assertThat(link(ELSEWHERE, ACTIVE_USER)).isFalse();
        assertThat(link(PARTNER, ACTIVE_USER)).isTrue();
        assertThat(linked()).contains(ACTIVE_USER);
    }

    @Test
    void whatIsUnlinkedStaysRegisteredAndOthersStayLinked() {
        register(PARTNER, Optional.of(ACTIVE_USER));
        change(handle -> Identifiers.unlink(handle, IDENTIFIER));
        assertThat(linked()).isEmpty();
        assertThat(register(ELSEWHERE, Optional.empty())).isEmpty();
        assertThat(sandbox.directory()
                        .registration(PARTNER, TestSandbox.ACTIVE_IDENTIFIER)
                        .orElseThrow()
                        .user())
                .contains(ACTIVE_USER);
    }

    @Test
    void whatIsDeletedMayBeRegisteredByAnotherPartner() {
        register(PARTNER, Optional.of(ACTIVE_USER));
        change(handle -> Identifiers.delete(handle, IDENTIFIER));
        assertThat(sandbox.directory().registration(PARTNER, IDENTIFIER)).isEmpty();
        assertThat(register(ELSEWHERE, Optional.empty())).isPresent();
        assertThat(sandbox.directory().registration(PARTNER, TestSandbox.ACTIVE_IDENTIFIER))
                .isPresent();
    }

    @Test
    void aLinkIsThatOfItsPartnerAndUser() {
        UUID registration =
                register(PARTNER, Optional.of(ACTIVE_USER)).orElseThrow().uuid();
        assertThat(isLinked(registration, PARTNER, ACTIVE_USER)).isTrue();
        assertThat(isLinked(registration, PARTNER, OTHER_USER)).isFalse();
        assertThat(isLinked(registration, ELSEWHERE, ACTIVE_USER)).isFalse();
    }

    private Optional<Registration> register(UUID partner, Optional<UUID> user) {
        return identifiers.register(partner, IDENTIFIER, user, REQUEST);
    }

    private Optional<UUID> linked() {
        return sandbox.directory()
                .registration(PARTNER, IDENTIFIER)
                .orElseThrow()
                .user();
    }

    private boolean link(UUID partner, UUID user) {
        return sandbox.database().transaction(handle -> Identifiers.link(handle, IDENTIFIER, partner, user));
    }

    private boolean isLinked(UUID registration, UUID partner, UUID user) {
        return sandbox.database().transaction(handle -> Identifiers.isLinked(handle, registration, partner, user));
    }

    private void change(Consumer<Handle> change) {
        sandbox.database().transaction(handle -> {
            change.accept(handle);
            return true;
        });
    }
}
