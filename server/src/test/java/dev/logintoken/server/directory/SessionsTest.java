package dev.logintoken.server.directory;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.directory.Sessions.Rotation;
import dev.logintoken.server.sandbox.TestSandbox;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

final class SessionsTest {

    private static final Duration LIFE = Duration.ofDays(30);

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Sessions sessions = new Sessions(sandbox.database(), RowCache.off());

    @Test
    void thePurgeDeletesASessionOnceItHasEndedAndNoOther() {
        UUID early = start(PARTNER, ACTIVE_USER, 1);
        sandbox.pass(Duration.ofDays(1));
        UUID late = start(PARTNER, ACTIVE_USER, 2);
        sandbox.pass(LIFE.minusDays(1).minusSeconds(1));
        sessions.purge(sandbox.now());
        assertThat(sessions.byRefreshToken(hash(1))).isPresent();
        sandbox.pass(Duration.ofSeconds(2));
        sessions.purge(sandbox.now());
        assertThat(sessions.byRefreshToken(hash(1))).isEmpty();
        assertThat(lives(early)).isFalse();
        assertThat(lives(late)).isTrue();
        assertThat(rotate(late, 2, 3)).isEqualTo(Rotation.ROTATED);
    }

    @Test
    void theSessionsOfOneUserEndWithoutThoseOfOthers() {
        UUID session = start(PARTNER, ACTIVE_USER, 1);
        UUID elsewhere = start(ELSEWHERE, ACTIVE_USER, 2);
        UUID others = start(PARTNER, OTHER_USER, 3);
        change(handle -> Sessions.revokeOfUser(handle, ACTIVE_USER, sandbox.now()));
        assertThat(lives(session)).isFalse();
        assertThat(sessions.lives(elsewhere, ELSEWHERE, Optional.of(ACTIVE_USER)))
                .isFalse();
        assertThat(sessions.lives(others, PARTNER, Optional.of(OTHER_USER))).isTrue();
    }

    @Test
    void theSessionsOfOnePartnerEndWithoutThoseOfOthers() {
        UUID session = start(PARTNER, ACTIVE_USER, 1);
        UUID elsewhere = start(ELSEWHERE, ACTIVE_USER, 2);
        change(handle -> Sessions.revokeOfPartner(handle, PARTNER, sandbox.now()));
        assertThat(lives(session)).isFalse();
        assertThat(sessions.lives(elsewhere, ELSEWHERE, Optional.of(ACTIVE_USER)))
                .isTrue();
    }

    @Test
    void theTimeOfTheFirstEndStays() {
        UUID session = start(PARTNER, ACTIVE_USER, 1);
        assertThat(revoke(session)).isTrue();
        assertThat(revoke(session)).isFalse();
        assertThat(sessions.byRefreshToken(hash(1)).orElseThrow().revoked()).isTrue();
    }

    private void change(Consumer<Handle> change) {
        sandbox.database().transaction(handle -> {
            change.accept(handle);
            return true;
        });
    }

    private boolean revoke(UUID session) {
        return sandbox.database().transaction(handle -> Sessions.revoke(handle, session, sandbox.now()));
    }

    private UUID start(UUID partner, UUID user, int refreshToken) {
        UUID sid = UUID.randomUUID();
        sessions.start(
                new Session(sid, partner, Optional.of(user), sandbox.now().plus(LIFE), false),
                sandbox.now(),
                hash(refreshToken));
        return sid;
    }

    private boolean lives(UUID session) {
        return sessions.lives(session, PARTNER, Optional.of(ACTIVE_USER));
    }

    private Rotation rotate(UUID session, int used, int next) {
        return sessions.rotate(session, hash(used), hash(next), sandbox.now(), "request");
    }

    private static byte[] hash(int number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return hash;
    }
}
