package dev.logintoken.server.database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
final class GroupCommitTest {

    private final List<List<Integer>> worked = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final GroupCommit<Integer, Integer> squares = new GroupCommit<>(1, this::squares);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    /** Squares numbers. The first batch waits for a signal; a zero makes it fail. */
    private List<Integer> squares(List<Integer> numbers) {
        worked.add(numbers);
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (numbers.contains(0)) {
            throw new IllegalArgumentException("zero");
        }
        return numbers.stream().map(number -> number * number).toList();
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    @Test
    void whoIsAloneDoesNotWait() {
        goOn.countDown();
        assertThat(squares.submit(3)).isEqualTo(9);
        assertThat(squares.submit(4)).isEqualTo(16);
        assertThat(worked).containsExactly(List.of(3), List.of(4));
    }

    @Test
    void whoComeMeanwhileAreTheNextBatch() throws Exception {
        List<Future<Integer>> results = submitBehind(100, IntStream.of(7, 5, 6));
        assertThat(results.get(0).get()).isEqualTo(10_000);
        assertThat(results.get(1).get()).isEqualTo(49);
        assertThat(results.get(2).get()).isEqualTo(25);
        assertThat(results.get(3).get()).isEqualTo(36);
        assertThat(worked).hasSize(2);
        assertThat(worked.get(0)).containsExactly(100);
        assertThat(worked.get(1)).containsExactlyInAnyOrder(5, 6, 7);
    }

    @Test
    void aFailureIsThatOfAllInTheBatchAndOfNobodyElse() throws Exception {
        List<Future<Integer>> results = submitBehind(100, IntStream.of(1, 0));
        assertThat(results.get(0).get()).isEqualTo(10_000);
        assertThatThrownBy(results.get(1)::get).hasRootCauseMessage("zero");
        assertThatThrownBy(results.get(2)::get).hasRootCauseMessage("zero");
        assertThat(squares.submit(2)).isEqualTo(4);
    }

    @Test
    void whoWaitBehindAFailureFailWithIt() throws Exception {
        List<Future<Integer>> results = submitBehind(0, IntStream.of(1, 2));
        for (Future<Integer> result : results) {
            assertThatThrownBy(result::get).hasRootCauseMessage("zero");
        }
        assertThat(worked).containsExactly(List.of(0));
        assertThat(squares.submit(3)).isEqualTo(9);
    }

    @Test
    void aBatchDoesNotGrowForEver() throws Exception {
        List<Future<Integer>> results = submitBehind(1_000, IntStream.range(1, 100));
        for (int i = 1; i < 100; i++) {
            assertThat(results.get(i).get()).isEqualTo(i * i);
        }
        assertThat(worked.stream().map(List::size)).containsExactly(1, 64, 35);
    }

    /** Submits one item, and others while its batch runs. Then lets that batch go on. */
    private List<Future<Integer>> submitBehind(int first, IntStream others) throws InterruptedException {
        List<Future<Integer>> results = new CopyOnWriteArrayList<>();
        results.add(callers.submit(() -> squares.submit(first)));
        begun.await();
        int came = 0;
        for (int other : others.toArray()) {
            results.add(callers.submit(() -> squares.submit(other)));
            came++;
        }
        while (squares.waiting() < came) {
            Thread.sleep(1);
        }
        goOn.countDown();
        return results;
    }
}
