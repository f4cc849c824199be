package dev.logintoken.server.auth;

import dev.logintoken.server.auth.HashingQueue.Place;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import static dev.logintoken.server.auth.HashingQueue.MAX_PLACES;
import static dev.logintoken.server.auth.HashingQueue.MAX_PLACES_OF_A_CALLER;
import static org.assertj.core.api.Assertions.assertThat;

final class HashingQueueTest {

    private final HashingQueue queue = new HashingQueue(1, Duration.ofMillis(1));

    @Test
    void onlyAsManyHashAsMay() {
        Place first = enter("somebody");
        Place second = enter("somebody");
        assertThat(first.await()).isTrue();
        assertThat(second.await()).isFalse();
        first.close();
        assertThat(second.await()).isTrue();
    }

    @Test
    void whoGivesUpATurnThatItDidNotGetLeavesItToOthers() {
        Place first = enter("somebody");
        Place second = enter("somebody");
        assertThat(first.await()).isTrue();
        assertThat(second.await()).isFalse();
        second.close();
        assertThat(enter("somebody").await()).isFalse();
    }

    @Test
    void aCallerTakesItsPartOfThePlacesAndLeavesTheOthers() {
        Deque<Place> taken = new ArrayDeque<>();
        for (int i = 0; i < MAX_PLACES_OF_A_CALLER; i++) {
            taken.add(enter("a busy caller"));
        }
        assertThat(queue.enter("a busy caller")).isEmpty();
        for (int i = taken.size(); i < MAX_PLACES; i++) {
            taken.add(enter("caller " + i));
        }
        assertThat(queue.enter("one too many")).isEmpty();
        taken.pop().close();
        assertThat(queue.enter("a busy caller")).isPresent();
        taken.forEach(Place::close);
        for (int i = 1; i < MAX_PLACES_OF_A_CALLER; i++) {
            enter("a busy caller");
        }
        assertThat(queue.enter("a busy caller")).isEmpty();
    }

    @Test
    void whoIsInterruptedHasNoTurnAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(enter("somebody").await()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    private Place enter(String caller) {
        return queue.enter(caller).orElseThrow();
    }
}
