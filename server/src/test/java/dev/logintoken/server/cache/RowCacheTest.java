package dev.logintoken.server.cache;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows are cached until they change, and no longer, however reads and changes overlap. */
final class RowCacheTest {

    private static final int CHANGES = 20_000;
    private static final int MANY = 1_000_000;

    private static final RowKey API_KEY = new RowKey(RowKey.Kind.API_KEY, new UUID(1, 1));

    private final RowCache cache = RowCache.alone();
    private final RowKey key = RowKey.account(UUID.randomUUID());
    private final AtomicInteger truth = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();

    /** The ways to announce a change. */
    enum Word {
        OF_ONE,
        OF_ALL;

        void tell(RowCache cache, RowKey key) {
            switch (this) {
                case OF_ONE -> cache.invalidate(key);
                case OF_ALL -> cache.invalidateAll();
            }
        }
    }

    @Test
    void whatWasFoundIsReadOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(known()).isZero();
        }
        assertThat(reads).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeIsSeenAtOnce(Word word) {
        known();
        truth.set(1);
        word.tell(cache, key);
        assertThat(known()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeThatIsToldDuringAReadIsNotMissed(Word word) {
        Optional<Integer> stale = cache.get(key, () -> {
            Optional<Integer> read = read();
            truth.set(1);
            word.tell(cache, key);
            return read;
        });
        assertThat(stale).contains(0);
        assertThat(known()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void noReaderSeesWhatWasTrueBeforeAChangeThatWasTold(Word word) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicBoolean done = new AtomicBoolean();
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        known();
                    }
                }));
            }
            for (int i = 1; i <= CHANGES; i++) {
                truth.set(i);
                word.tell(cache, key);
                assertThat(known()).isEqualTo(i);
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void withoutProofThatChangesAreHeardEverythingIsRead() {
        RowCache unproved = RowCache.off();
        unproved.heard(System.nanoTime() - RowCache.TRUST.toNanos());
        for (int i = 0; i < 3; i++) {
            unproved.get(key, this::read);
        }
        assertThat(reads).hasValue(3);
    }

    @Test
    void withProofFactsAreKept() {
        RowCache proved = RowCache.off();
        proved.get(key, this::read);
        proved.heard(System.nanoTime() + RowCache.TRUST.toNanos());
        for (int i = 0; i < 3; i++) {
            proved.get(key, this::read);
        }
        assertThat(reads).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(value = RowKey.Kind.class, names = "API_KEY", mode = EnumSource.Mode.EXCLUDE)
    void whatWasNotFoundTakesUpNoRoom(RowKey.Kind kind) {
        for (int i = 0; i < 1000; i++) {
            cache.get(new RowKey(kind, new UUID(i, 0)), Optional::empty);
        }
        assertThat(cache.size() + cache.missesSize()).isZero();
    }

    @Test
    void madeUpApiKeysTakeUpLittleRoomAndEvictNoRow() {
        known();
        for (int i = 0; i < MANY; i++) {
            cache.get(new RowKey(RowKey.Kind.API_KEY, new UUID(i, 0)), Optional::empty);
        }
        assertThat(cache.size()).isOne();
        assertThat(cache.missesSize()).isLessThanOrEqualTo(10_000);
        known();
        assertThat(reads).hasValue(1);
    }

    @Test
    void aMadeUpApiKeyIsLookedUpOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(unknown()).isEmpty();
        }
        assertThat(reads).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aNewApiKeyIsSeenAtOnce(Word word) {
        unknown();
        word.tell(cache, API_KEY);
        assertThat(cache.get(API_KEY, this::read)).contains(0);
    }

    @ParameterizedTest
    @EnumSource
    void aNewApiKeyThatIsToldDuringAReadIsNotMissed(Word word) {
        cache.get(API_KEY, () -> {
            word.tell(cache, API_KEY);
            return Optional.empty();
        });
        assertThat(cache.get(API_KEY, this::read)).contains(0);
    }

    @Test
    void whatWasFoundIsBounded() {
        for (int i = 0; i < MANY; i++) {
            cache.get(new RowKey(RowKey.Kind.ACCOUNT, new UUID(i, 0)), () -> Optional.of(1));
        }
        assertThat(cache.size()).isLessThanOrEqualTo(100_000);
    }

    @Test
    void aSubjectIsToldByItsText() {
        UUID id = UUID.randomUUID();
        assertThat(RowKey.of("account:" + id)).contains(RowKey.account(id));
        assertThat(RowKey.of("api_key:" + id)).contains(new RowKey(RowKey.Kind.API_KEY, id));
        assertThat(RowKey.of("account")).isEmpty();
        assertThat(RowKey.of("nothing:" + id)).isEmpty();
    }

    private int known() {
        return cache.get(key, this::read).orElseThrow();
    }

    private Optional<Integer> unknown() {
        return cache.get(API_KEY, () -> {
            reads.incrementAndGet();
            return Optional.empty();
        });
    }

    private Optional<Integer> read() {
        reads.incrementAndGet();
        return Optional.of(truth.get());
    }
}
