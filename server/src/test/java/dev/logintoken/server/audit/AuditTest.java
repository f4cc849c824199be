package dev.logintoken.server.audit;

import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests how long the audit keeps its rows. AuditIT tests the rows themselves. */
final class AuditTest {

    private static final Duration DAY = Duration.ofDays(1);

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    @Test
    void aRowIsKeptForTheRetentionAndThenDeleted() {
        tell("old");
        Instant later = Instant.now().plus(DAY);
        Audit audit = new Audit(sandbox.database(), DAY);
        audit.purge(later.minusSeconds(60));
        assertThat(told()).containsExactly("old");
        audit.purge(later.plusSeconds(60));
        assertThat(told()).isEmpty();
    }

    @Test
    void withoutRetentionNothingIsDeleted() {
        tell("old");
        new Audit(sandbox.database(), Duration.ZERO).purge(Instant.now().plus(DAY.multipliedBy(100_000)));
        assertThat(told()).containsExactly("old");
    }

    private void tell(String action) {
        sandbox.database().transaction(handle -> {
            Audit.Event.done("somebody", action, Optional.empty(), Optional.empty(), Optional.empty())
                    .write(handle);
            return true;
        });
    }

    private List<String> told() {
        return sandbox.database()
                .query(handle -> handle.select("select action from audit")
                        .mapTo(String.class)
                        .list());
    }
}
