package dev.logintoken.server.administration;

import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static dev.logintoken.server.sandbox.TestSandbox.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does to the whole service, and the audit row that it leaves. */
final class AdministrationTest {

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Administration administration =
            new Administration(sandbox.database(), sandbox.clock(), "an operator");

    @Test
    void allLoginTokensThatWereIssuedUntilNowAreRevoked() {
        byte[] stamp = sandbox.partner(PARTNER).stamp();
        byte[] others = sandbox.partner(WEBSITE).stamp();
        administration.revokeAll();
        assertThat(sandbox.partner(PARTNER).stamp()).isNotEqualTo(stamp);
        assertThat(sandbox.partner(WEBSITE).stamp()).isNotEqualTo(others);
        OffsetDateTime watermark = sandbox.database()
                .query(handle -> handle.select("select expired_before from redemption_watermark")
                        .mapTo(OffsetDateTime.class)
                        .one());
        assertThat(watermark.toInstant()).isEqualTo(sandbox.now());
        assertAudited("revoke all", Optional.empty(), Optional.empty());
    }

    @Test
    void aMigrationAndALookAreAudited() {
        administration.migrated();
        assertAudited("migrate", Optional.empty(), Optional.empty());
        administration.looked("user show", Optional.of(PARTNER), Optional.of(ACTIVE_USER));
        assertAudited("user show", Optional.of(PARTNER), Optional.of(ACTIVE_USER));
    }

    /** The purge may delete the row while somebody pages through the audit. */
    @Test
    void afterARowThatWasDeletedTheNewestRowsFollow() {
        administration.migrated();
        UUID deleted = UUID.randomUUID();
        assertThat(administration.auditSearch().has(deleted)).isFalse();
        assertThat(Trail.of(administration, "migrate", Optional.of(deleted))).hasSize(1);
    }

    private void assertAudited(String action, Optional<UUID> partner, Optional<UUID> user) {
        assertThat(Trail.of(administration, action)).singleElement().satisfies(row -> {
            assertThat(row.actor()).isEqualTo("an operator");
            assertThat(row.partner()).isEqualTo(partner);
            assertThat(row.user()).isEqualTo(user);
        });
    }
}
