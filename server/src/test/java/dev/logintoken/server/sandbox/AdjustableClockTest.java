package dev.logintoken.server.sandbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A test stops its clock, and moves it on. */
final class AdjustableClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final AdjustableClock clock = new AdjustableClock();

    @Test
    void aFrozenClockStandsStillAndStepsStayFrozen() {
        assertThat(clock.isFrozen()).isFalse();
        clock.freeze(NOON);
        assertThat(clock.isFrozen()).isTrue();
        assertThat(clock.instant()).isEqualTo(NOON);
        clock.step(DAY);
        clock.step(DAY.negated().multipliedBy(3));
        assertThat(clock.instant()).isEqualTo(NOON.minus(DAY.multipliedBy(2)));
        assertThat(clock.isFrozen()).isTrue();
    }

    @Test
    void aClockThatIsSetAheadRuns() {
        clock.freeze(NOON);
        clock.shift(DAY);
        assertThat(clock.isFrozen()).isFalse();
        assertThat(clock.instant()).isAfter(Instant.now().plus(Duration.ofHours(23)));
        clock.step(DAY);
        assertThat(clock.isFrozen()).isFalse();
        assertThat(clock.instant()).isAfter(Instant.now().plus(Duration.ofHours(47)));
    }

    @Test
    void aClockThatIsResetShowsTheMachinesTime() {
        clock.freeze(NOON);
        clock.reset();
        assertThat(clock.isFrozen()).isFalse();
        assertThat(clock.instant())
                .isAfter(Instant.now().minus(DAY))
                .isBefore(Instant.now().plus(DAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z"})
    void aTimeOutOfRangeIsRefused(String instant) {
        clock.freeze(NOON);
        Instant time = Instant.parse(instant);
        assertThatThrownBy(() -> clock.freeze(time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The clock can show times from 2000-01-01T00:00:00Z to 2099-12-31T23:59:59Z, not " + instant
                        + ".");
        assertThatThrownBy(() -> clock.step(Duration.between(NOON, time))).hasMessageEndingWith(instant + ".");
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z"})
    void theFirstAndTheLastTimeAreAllowed(String instant) {
        assertThatCode(() -> clock.freeze(Instant.parse(instant))).doesNotThrowAnyException();
    }

    @Test
    void anotherZoneShowsTheSameTime() {
        clock.freeze(NOON);
        ZoneId zone = ZoneId.of("Europe/Amsterdam");
        assertThat(clock.withZone(zone).instant()).isEqualTo(NOON);
        assertThat(clock.withZone(zone).getZone()).isEqualTo(zone);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}
