package dev.logintoken.server.testrun;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.sandbox.SandboxAssembly;
import dev.logintoken.server.sandbox.SandboxAssembly.Failure;
import dev.logintoken.server.testrun.Trouble.Cut;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests how long a named run lives. */
final class NamedRunsTest {

    private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");

    private final MemoryDatabases databases = new MemoryDatabases(Duration.ofSeconds(5));
    private final TestRun byDefault = run();
    private final TestRuns runs = new TestRuns(byDefault, databases, sandbox -> List.of());

    @Test
    void aRequestCreatesTheRunThatItNames() {
        enter("b");
        TestRun entered = runs.current();
        runs.leave();
        enter("a");
        runs.leave();
        assertThat(runs.names()).containsExactly("a", "b");
        assertThat(runs.find("b")).containsSame(entered);
        assertThat(runs.find("c")).isEmpty();
        assertThat(runs.find("")).containsSame(byDefault);
    }

    @Test
    void aRequestLeavesItsRun() {
        enter("a");
        assertThat(runs.entered()).isPresent();
        runs.leave();
        assertThat(runs.entered()).isEmpty();
        assertThat(runs.current()).isSameAs(byDefault);
    }

    @Test
    void aDeletedRunIsForgottenWithItsData() {
        enter("a");
        Database database = runs.current().sandbox().database();
        runs.leave();
        assertThat(partners(database)).isPositive();
        runs.delete("a");
        runs.delete("never created");
        assertThat(runs.names()).isEmpty();
        assertThatThrownBy(() -> partners(database)).hasMessageContaining("PARTNER");
    }

    @Test
    void aRunIsForgottenOnceItIsIdle() {
        enter("a");
        runs.leave();
        runs.forgetIdle();
        assertThat(runs.names()).containsExactly("a");
        runs.forgetIdle(Duration.ZERO);
        assertThat(runs.names()).isEmpty();
    }

    @Test
    void aResetEndsTroubleAndFrozenClockAndEmptiesTheJournal() {
        byDefault.sandbox().clock().freeze(LONG_AGO);
        byDefault.trouble(new Trouble(Duration.ofMillis(1), Duration.ofMillis(1), Cut.WITHIN, Failure.NONE));
        byDefault
                .journal()
                .add(new RecordedExchange(1, LONG_AGO, "id", "", "GET", "/", Map.of(), "", 200, Map.of(), "", 0));
        byDefault.reset();
        assertThat(byDefault.trouble()).isSameAs(Trouble.NONE);
        assertThat(byDefault.sandbox().clock().instant()).isAfter(LONG_AGO);
        assertThat(byDefault.journal().search(Optional.empty(), Optional.empty(), Optional.empty()))
                .isEmpty();
    }

    private TestRun run() {
        return new TestRun(SandboxAssembly.open(databases.create(), RowCache.off(), databases::open), List.of());
    }

    private static int partners(Database database) {
        return database.query(handle -> handle.createQuery("select count(*) from partner")
                .mapTo(Integer.class)
                .one());
    }

    private void enter(String name) {
        runs.enter(Optional.of(name), operation -> {});
    }
}
