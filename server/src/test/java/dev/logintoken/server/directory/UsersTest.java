package dev.logintoken.server.directory;

import dev.logintoken.server.directory.Users.Side;
import dev.logintoken.server.sandbox.TestSandbox;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static org.assertj.core.api.Assertions.assertThat;

/** What a change of one user leaves as it is: the other users, and the rest of this user's row. */
final class UsersTest {

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Users users = sandbox.directory().users();

    @Test
    void aUserWaitsUntilEachSideIsReviewed() {
        upload(Side.FRONT);
        upload(Side.BACK);
        assertThat(pending(ACTIVE_USER)).isTrue();
        assertThat(pending(OTHER_USER)).isFalse();
        assertThat(review(Optional.of(Side.FRONT))).isTrue();
        assertThat(pending(ACTIVE_USER)).isTrue();
        assertThat(review(Optional.of(Side.FRONT))).as("reviewed already").isFalse();
        assertThat(review(Optional.of(Side.BACK))).isTrue();
        assertThat(pending(ACTIVE_USER)).isFalse();
    }

    @Test
    void aSideThatIsSentAgainWaitsAgain() {
        upload(Side.FRONT);
        upload(Side.FRONT);
        assertThat(review(Optional.empty())).isTrue();
        assertThat(pending(ACTIVE_USER)).isFalse();
        upload(Side.FRONT);
        assertThat(pending(ACTIVE_USER)).isTrue();
    }

    @Test
    void theReviewOfOneUserIsThatOfNobodyElse() {
        upload(Side.FRONT);
        change(handle -> Users.setDocument(handle, OTHER_USER, Side.FRONT));
        assertThat(review(Optional.empty())).isTrue();
        assertThat(pending(OTHER_USER)).isTrue();
    }

    @Test
    void oneUsersLoginTokensAreRevokedAndNobodyElses() {
        byte[] stamp = sandbox.user(ACTIVE_USER).stamp();
        byte[] others = sandbox.user(OTHER_USER).stamp();
        change(handle -> Users.replaceStamp(handle, ACTIVE_USER));
        assertThat(sandbox.user(ACTIVE_USER).stamp()).hasSameSizeAs(stamp).isNotEqualTo(stamp);
        assertThat(sandbox.user(OTHER_USER).stamp()).isEqualTo(others);
    }

    @Test
    void aDeletedUserHasNoNameAndCannotLogIn() {
        assertThat(users.name(ACTIVE_USER)).contains("active@example.com");
        assertThat(users.find("active@example.com").orElseThrow().uuid()).isEqualTo(ACTIVE_USER);
        change(handle -> Users.markDeleted(handle, ACTIVE_USER, sandbox.now()));
        assertThat(users.name(ACTIVE_USER)).isEmpty();
        assertThat(users.find("active@example.com")).isEmpty();
        assertThat(users.find("other@example.com")).isPresent();
    }

    @Test
    void anErasedUsersAddressMayBeTakenByAnother() {
        UUID next = UUID.randomUUID();
        assertThat(insert(next, "active@example.com")).isFalse();
        change(handle -> Users.erase(handle, ACTIVE_USER, sandbox.now()));
        assertThat(insert(next, "active@example.com")).isTrue();
        assertThat(users.name(next)).contains("active@example.com");
        assertThat(users.name(ACTIVE_USER)).isEmpty();
        assertThat(insert(next, "new@example.com")).as("the same id").isFalse();
    }

    @Test
    void aUserWithoutAnAddressIsNamedByTheId() {
        UUID user = UUID.randomUUID();
        sandbox.database().transaction(handle -> Users.insert(handle, user, Optional.empty(), Optional.empty()));
        assertThat(users.name(user)).contains(user.toString());
    }

    @Test
    void aPasswordThatWasChangedMeanwhileIsNotReplaced() {
        String hash = hash(ACTIVE_USER);
        String others = hash(OTHER_USER);
        users.replaceHash(ACTIVE_USER, "another", "next");
        assertThat(hash(ACTIVE_USER)).isEqualTo(hash);
        users.replaceHash(ACTIVE_USER, hash, "next");
        assertThat(hash(ACTIVE_USER)).isEqualTo("next");
        assertThat(hash(OTHER_USER)).isEqualTo(others);
    }

    private String hash(UUID user) {
        return users.find(users.name(user).orElseThrow())
                .orElseThrow()
                .passwordHash()
                .orElseThrow();
    }

    private boolean insert(UUID user, String email) {
        return sandbox.database()
                .transaction(handle -> Users.insert(handle, user, Optional.of(email), Optional.empty()));
    }

    private void upload(Side side) {
        change(handle -> Users.setDocument(handle, ACTIVE_USER, side));
    }

    private boolean review(Optional<Side> side) {
        return sandbox.database().transaction(handle -> Users.review(handle, ACTIVE_USER, side, sandbox.now()));
    }

    private boolean pending(UUID user) {
        return sandbox.user(user).documentPending();
    }

    private void change(Consumer<Handle> change) {
        sandbox.database().transaction(handle -> {
            change.accept(handle);
            return true;
        });
    }
}
