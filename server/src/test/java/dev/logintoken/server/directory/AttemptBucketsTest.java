package dev.logintoken.server.directory;

import dev.logintoken.server.directory.AttemptBuckets.Size;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

final class AttemptBucketsTest {

    private static final Size THREE = new Size(3, Duration.ofSeconds(10));
    private static final byte[] ID = {1};
    private static final int FLOOD = 20_000;

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final AttemptBuckets buckets = new AttemptBuckets(sandbox.database());

    @Test
    void aFullBucketTakesNoMore() {
        add(3);
        assertThat(add()).isEqualTo(Duration.ofSeconds(10));
        assertThat(buckets.add(new byte[] {2}, THREE, sandbox.now())).isZero();
    }

    @Test
    void dropsLeakOneAfterTheOther() {
        add(3);
        sandbox.pass(Duration.ofMillis(9_999));
        assertThat(add()).isEqualTo(Duration.ofMillis(1));
        sandbox.pass(Duration.ofMillis(1));
        assertThat(add()).isZero();
        assertThat(add()).isEqualTo(Duration.ofSeconds(10));
        sandbox.pass(Duration.ofSeconds(25));
        assertThat(add()).isZero();
        assertThat(add()).isZero();
        assertThat(add()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anEmptyBucketHoldsNoMoreForHavingBeenEmptyLong() {
        add(1);
        sandbox.pass(Duration.ofDays(1));
        add(3);
        assertThat(add()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aBucketThatIsPurgedMeanwhileTakesADrop() throws Exception {
        ExecutorService purger = Executors.newSingleThreadExecutor();
        AtomicBoolean done = new AtomicBoolean();
        try {
            Future<?> purges = purger.submit(() -> {
                while (!done.get()) {
                    buckets.purge(sandbox.now().plus(Duration.ofHours(1)));
                }
            });
            for (int i = 0; i < 500; i++) {
                sandbox.pass(Duration.ofSeconds(10)); // The bucket is empty again.
                assertThat(add()).isZero();
            }
            done.set(true);
            purges.get();
        } finally {
            done.set(true);
            purger.shutdown();
        }
    }

    @Test
    void aDropThatIsTakenBackMakesRoom() {
        add(3);
        buckets.takeBack(ID, THREE, 2);
        add(2);
        assertThat(add()).isPositive();
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        add(3);
        sandbox.pass(Duration.ofHours(-1));
        add(3);
        assertThat(add()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aFilledBucketTakesNothingForAsLongAsAnyBucket() {
        buckets.fill(ID, THREE, sandbox.now());
        assertThat(add()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void theBucketsThatAreEmptyAreForgotten() {
        add(1);
        sandbox.pass(Duration.ofMillis(10_001));
        buckets.add(new byte[] {2}, THREE, sandbox.now());
        buckets.purge(sandbox.now());
        assertThat(sandbox.database()
                        .<List<byte[]>, RuntimeException>query(handle -> handle.select("select id from attempt_bucket")
                                .mapTo(byte[].class)
                                .list()))
                .containsExactly(new byte[] {2});
    }

    @Test
    void thePurgeLeavesNothingOfAFlood() {
        sandbox.database()
                .query(handle -> handle.execute(
                        "insert into attempt_bucket (id, empty_at)"
                                + " select stringtoutf8(cast(x as varchar)), ? + mod(x, 1000) from system_range(1, ?)",
                        sandbox.now().toEpochMilli(),
                        FLOOD));
        sandbox.pass(Duration.ofSeconds(1));
        add(1);
        buckets.purge(sandbox.now());
        assertThat(sandbox.database()
                        .<Integer, RuntimeException>query(handle -> handle.select("select count(*) from attempt_bucket")
                                .mapTo(Integer.class)
                                .one()))
                .isOne();
    }

    @Test
    void ofManyAtOnceAsManyFindRoomAsOneAfterTheOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Duration>> attempts = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                attempts.add(this::add);
            }
            int added = 0;
            for (Future<Duration> wait : threads.invokeAll(attempts)) {
                added += wait.get().isZero() ? 1 : 0;
            }
            assertThat(added).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    private void add(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(add()).isZero();
        }
    }

    private Duration add() {
        return buckets.add(ID, THREE, sandbox.now());
    }
}
