package dev.logintoken.server.administration;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.directory.Session;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.directory.Users.Side;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_IDENTIFIER;
import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator changes of a user, and the audit row that each change leaves. */
final class UserAdministrationTest {

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Sessions sessions = new Sessions(sandbox.database(), RowCache.off());
    private final Administration administration =
            new Administration(sandbox.database(), sandbox.clock(), "an operator");
    private final UserAdministration users = administration.users();

    @Test
    void anAddressIsTakenOnceWhateverItsCase() {
        assertThat(create("New@example.com")).isTrue();
        assertThat(create("nEW@example.com")).isFalse();
        assertThat(users.find("NEW@EXAMPLE.COM").orElseThrow().email()).contains("new@example.com");
        assertThat(audited("user create")).hasSize(1);
    }

    @Test
    void aDeletedUserKeepsTheAddressAndTheTimeOfDeletion() {
        users.delete(ACTIVE_USER);
        users.delete(UUID.randomUUID());
        assertThat(found().deletedAt()).contains(sandbox.now());
        assertThat(found().email()).contains("active@example.com");
        assertThat(sandbox.directory().user(ACTIVE_USER)).isEmpty();
        assertAudited("user delete");
    }

    @Test
    void ofAnErasedUserOnlyIdTimeAndLinksStay() {
        UUID session = login(ACTIVE_USER);
        UUID others = login(OTHER_USER);
        users.setDocument(ACTIVE_USER, Side.FRONT);
        consent();
        users.erase(ACTIVE_USER);
        assertThat(found().email()).isEmpty();
        assertThat(found().deletedAt()).contains(sandbox.now());
        assertThat(found().documents()).isEmpty();
        assertThat(found().identifiers()).contains(new UserAdministration.Identifier(ACTIVE_IDENTIFIER, "sandbox"));
        assertThat(lives(session, ACTIVE_USER)).isFalse();
        assertThat(rows("session")).isZero();
        assertThat(rows("link_consent")).isZero();
        assertThat(lives(others, OTHER_USER)).isTrue();
        assertAudited("user erase");
    }

    @Test
    void loginTokensAreRevokedWithOrWithoutSessions() {
        UUID session = login(ACTIVE_USER);
        byte[] first = stamp();
        users.revoke(ACTIVE_USER, false);
        byte[] second = stamp();
        assertThat(second).isNotEqualTo(first);
        assertThat(lives(session, ACTIVE_USER)).isTrue();
        assertAudited("revoke user");
        users.revoke(ACTIVE_USER, true);
        assertThat(stamp()).isNotEqualTo(second);
        assertThat(lives(session, ACTIVE_USER)).isFalse();
    }

    @Test
    void aDocumentWaitsForReviewUntilItWasReviewed() {
        users.setDocument(ACTIVE_USER, Side.BACK);
        assertThat(found().documents()).containsExactly(new UserAdministration.Document(Side.BACK, Optional.empty()));
        assertAudited("document set");
        assertThat(users.review(ACTIVE_USER, Optional.of(Side.FRONT))).isFalse();
        assertThat(audited("document review")).isEmpty();
        assertThat(users.review(ACTIVE_USER, Optional.empty())).isTrue();
        assertThat(found().documents())
                .containsExactly(new UserAdministration.Document(Side.BACK, Optional.of(sandbox.now())));
        assertAudited("document review");
    }

    private void assertAudited(String action) {
        assertThat(audited(action)).singleElement().satisfies(row -> {
            assertThat(row.actor()).isEqualTo("an operator");
            assertThat(row.outcome()).isEqualTo("OK");
            assertThat(row.partner()).isEmpty();
            assertThat(row.user()).contains(ACTIVE_USER);
        });
    }

    private List<AuditSearch.Row> audited(String action) {
        return Trail.of(administration, action);
    }

    private UserAdministration.Details found() {
        return users.find(ACTIVE_USER.toString()).orElseThrow();
    }

    private boolean create(String email) {
        return users.create(UUID.randomUUID(), Optional.of(email), Optional.empty());
    }

    private byte[] stamp() {
        return sandbox.user(ACTIVE_USER).stamp();
    }

    private UUID login(UUID user) {
        UUID sid = UUID.randomUUID();
        Session session =
                new Session(sid, PARTNER, Optional.of(user), sandbox.now().plus(Duration.ofDays(1)), false);
        sandbox.database().transaction(handle -> {
            Sessions.insert(handle, session, sandbox.now());
            return true;
        });
        return sid;
    }

    private boolean lives(UUID session, UUID user) {
        return sessions.lives(session, PARTNER, Optional.of(user));
    }

    /** Lets the user agree to a link that was not confirmed. */
    private void consent() {
        sandbox.database().query(handle -> handle.execute("""
                        insert into link_consent (registration, account, verifier_sha256, expires_at)
                        select uuid, account, cast(? as bytea), current_timestamp from identifier where identifier = ?""", new byte[32], ACTIVE_IDENTIFIER));
    }

    private int rows(String table) {
        return sandbox.database()
                .query(handle -> handle.createQuery("select count(*) from " + table + " where account = ?")
                        .bind(0, ACTIVE_USER)
                        .mapTo(Integer.class)
                        .one());
    }
}
