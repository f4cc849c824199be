package dev.logintoken.server.cache;

import dev.logintoken.server.directory.CachedDirectory;
import dev.logintoken.server.directory.Registration;
import dev.logintoken.server.directory.Session;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.directory.Sessions.Rotation;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.identifier.LinkConsents;
import dev.logintoken.server.sandbox.TestSandbox;
import dev.logintoken.server.secret.Sha256;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

/** What a node changes itself, it does not take from its cache afterwards. The audit tells each change once. */
final class OwnChangesTest {

    private static final String IDENTIFIER = "identifier" + "0".repeat(30);
    private static final String REQUEST = "request";
    private static final Duration LIFE = Duration.ofDays(30);
    private static final byte[] FIRST = Sha256.of("first");
    private static final byte[] NEXT = Sha256.of("next");

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final RowCache cache = RowCache.alone();
    private final Sessions sessions = new Sessions(sandbox.database(), cache);
    private final StoredDirectory stored = new StoredDirectory(sandbox.database(), cache);
    private final CachedDirectory directory = new CachedDirectory(stored, cache);

    @Test
    void aSessionThatIsLoggedOutLivesNoLonger() {
        UUID session = start();
        assertThat(lives(session)).isTrue();
        sessions.revoke(session, sandbox.now(), REQUEST);
        assertThat(lives(session)).isFalse();
        sessions.revoke(session, sandbox.now(), REQUEST);
        assertThat(told()).containsExactly("logout");
    }

    @Test
    void aSessionWhoseRefreshTokenIsUsedAgainLivesNoLonger() {
        UUID session = start();
        assertThat(rotate(session)).isEqualTo(Rotation.ROTATED);
        assertThat(rotate(session)).isEqualTo(Rotation.RACE);
        assertThat(lives(session)).isTrue();
        sandbox.pass(Duration.ofSeconds(10));
        assertThat(rotate(session)).isEqualTo(Rotation.REUSED);
        assertThat(lives(session)).isFalse();
        assertThat(told()).containsExactly("refresh-reuse");
    }

    @Test
    void aSessionThatIsPurgedLivesNoLonger() {
        UUID session = start();
        assertThat(lives(session)).isTrue();
        sandbox.pass(LIFE.plusSeconds(1));
        sessions.purge(sandbox.now());
        assertThat(lives(session)).isFalse();
    }

    @Test
    void anIdentifierIsLinkedFromItsRegistrationOn() {
        stored.identifiers().register(PARTNER, IDENTIFIER, Optional.empty(), REQUEST);
        assertThat(linked()).isEmpty();
        stored.identifiers().register(PARTNER, IDENTIFIER, Optional.of(ACTIVE_USER), REQUEST);
        assertThat(linked()).contains(ACTIVE_USER);
        assertThat(told()).containsExactly("link");
    }

    @Test
    void anIdentifierIsLinkedFromItsConfirmationOn() {
        LinkConsents consents = new LinkConsents(sandbox.database(), cache);
        UUID registration = stored.identifiers()
                .register(PARTNER, IDENTIFIER, Optional.empty(), REQUEST)
                .orElseThrow()
                .uuid();
        assertThat(linked()).isEmpty();
        consents.agree(registration, PARTNER, ACTIVE_USER, FIRST, sandbox.now().plusSeconds(1), REQUEST);
        consents.confirm(PARTNER, IDENTIFIER, FIRST, sandbox.now(), REQUEST);
        assertThat(linked()).contains(ACTIVE_USER);
        assertThat(told()).containsExactlyInAnyOrder("consent", "link");
    }

    private Optional<UUID> linked() {
        return directory.registration(PARTNER, IDENTIFIER).flatMap(Registration::user);
    }

    private UUID start() {
        UUID sid = UUID.randomUUID();
        Session session = new Session(
                sid, PARTNER, Optional.of(ACTIVE_USER), sandbox.now().plus(LIFE), false);
        sessions.start(session, sandbox.now(), FIRST);
        return sid;
    }

    private boolean lives(UUID session) {
        return sessions.lives(session, PARTNER, Optional.of(ACTIVE_USER));
    }

    private Rotation rotate(UUID session) {
        return sessions.rotate(session, FIRST, NEXT, sandbox.now(), REQUEST);
    }

    private List<String> told() {
        return sandbox.database()
                .query(handle -> handle.select("select action from audit")
                        .mapTo(String.class)
                        .list());
    }
}
