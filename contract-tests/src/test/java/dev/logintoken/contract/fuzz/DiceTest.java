package dev.logintoken.contract.fuzz;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Seeds repeat, and their sequences have nothing in common. */
final class DiceTest {

    @Test
    void theSameSeedAndIndexThrowTheSame() {
        assertThat(new Dice(2, 7).alphanumeric(40)).isEqualTo(new Dice(2, 7).alphanumeric(40));
    }

    /** Two seeds on one service would otherwise register the same identifiers. */
    @Test
    void anotherSeedIsNoLaterPartOfTheSameSequence() {
        String other = new Dice(2, 7).alphanumeric(10);
        assertThat(new Dice(1, 7).alphanumeric(1_000)).doesNotContain(other);
        assertThat(new Dice(2, 8).alphanumeric(1_000)).doesNotContain(other);
    }
}
