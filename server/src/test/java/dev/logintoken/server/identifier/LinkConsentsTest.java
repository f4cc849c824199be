package dev.logintoken.server.identifier;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.directory.Identifiers;
import dev.logintoken.server.identifier.LinkConsents.Result;
import dev.logintoken.server.identifier.LinkConsents.State;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static dev.logintoken.server.sandbox.TestSandbox.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

/** The statements of a link decide, whatever was true when the user saw the page. */
final class LinkConsentsTest {

    private static final String IDENTIFIER = "a".repeat(40);
    private static final String REQUEST = "request";
    private static final byte[] VERIFIER = {1};
    private static final byte[] LATER = {2};

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final LinkConsents consents = new LinkConsents(sandbox.database(), RowCache.off());
    private final Instant expiry = sandbox.now().plus(Duration.ofMinutes(5));
    private final UUID registration = sandbox.directory()
            .identifiers()
            .register(PARTNER, IDENTIFIER, Optional.empty(), REQUEST)
            .orElseThrow()
            .uuid();

    private State agree(UUID user, byte[] verifier) {
        return consents.agree(registration, PARTNER, user, verifier, expiry, REQUEST);
    }

    private Result confirm(byte[] verifier) {
        return consents.confirm(PARTNER, IDENTIFIER, verifier, sandbox.now(), REQUEST);
    }

    private Optional<UUID> linked() {
        return sandbox.directory()
                .identifiers()
                .register(PARTNER, IDENTIFIER, Optional.empty(), REQUEST)
                .orElseThrow()
                .user();
    }

    @Test
    void aVerifierLinksItsUserOnce() {
        assertThat(agree(ACTIVE_USER, VERIFIER)).isEqualTo(State.AGREED);
        assertThat(linked()).isEmpty();
        assertThat(confirm(VERIFIER)).isEqualTo(Result.LINKED);
        assertThat(linked()).contains(ACTIVE_USER);
        assertThat(confirm(VERIFIER)).isEqualTo(Result.INVALID);
        assertThat(agree(ACTIVE_USER, LATER)).isEqualTo(State.LINKED);
        assertThat(agree(OTHER_USER, LATER)).isEqualTo(State.TAKEN);
    }

    @Test
    void aVerifierThatWasUsedLinksNothingAfterTheLinkIsRemoved() {
        agree(ACTIVE_USER, VERIFIER);
        confirm(VERIFIER);
        sandbox.database().transaction(handle -> {
            Identifiers.unlink(handle, IDENTIFIER);
            return true;
        });
        assertThat(confirm(VERIFIER)).isEqualTo(Result.INVALID);
        assertThat(linked()).isEmpty();
    }

    @Test
    void theLastToAgreeIsLinked() {
        agree(OTHER_USER, VERIFIER);
        agree(ACTIVE_USER, LATER);
        assertThat(confirm(VERIFIER)).isEqualTo(Result.INVALID);
        assertThat(confirm(LATER)).isEqualTo(Result.LINKED);
        assertThat(linked()).contains(ACTIVE_USER);
    }

    @Test
    void aUserWhoWasDeletedMeanwhileCannotAgree() {
        sandbox.deleteUser(ACTIVE_USER);
        assertThat(agree(ACTIVE_USER, VERIFIER)).isEqualTo(State.TAKEN);
        assertThat(confirm(VERIFIER)).isEqualTo(Result.INVALID);
    }

    @Test
    void aUserWhoWasDeletedSinceIsNotLinked() {
        agree(ACTIVE_USER, VERIFIER);
        sandbox.deleteUser(ACTIVE_USER);
        assertThat(confirm(VERIFIER)).isEqualTo(Result.INVALID);
        assertThat(linked()).isEmpty();
    }

    @Test
    void aVerifierExpiresAtItsEnd() {
        agree(ACTIVE_USER, VERIFIER);
        sandbox.pass(Duration.ofMinutes(5));
        assertThat(confirm(VERIFIER)).isEqualTo(Result.EXPIRED);
        assertThat(linked()).isEmpty();
    }

    @Test
    void anotherPartnerNeitherAsksNorConfirms() {
        assertThat(consents.agree(registration, WEBSITE, ACTIVE_USER, VERIFIER, expiry, REQUEST))
                .isEqualTo(State.TAKEN);
        agree(ACTIVE_USER, VERIFIER);
        assertThat(consents.confirm(WEBSITE, IDENTIFIER, VERIFIER, sandbox.now(), REQUEST))
                .isEqualTo(Result.UNREGISTERED);
        assertThat(confirm(VERIFIER)).isEqualTo(Result.LINKED);
    }

    @Test
    void thePurgeKeepsAConsentForAnHourAfterItsEnd() {
        agree(ACTIVE_USER, VERIFIER);
        sandbox.pass(Duration.ofMinutes(64));
        consents.purge(sandbox.now());
        assertThat(confirm(VERIFIER)).isEqualTo(Result.EXPIRED);
        sandbox.pass(Duration.ofMinutes(2));
        consents.purge(sandbox.now());
        assertThat(confirm(VERIFIER)).isEqualTo(Result.INVALID);
    }
}
