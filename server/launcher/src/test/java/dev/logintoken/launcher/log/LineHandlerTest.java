package dev.logintoken.launcher.log;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

final class LineHandlerTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private static LogRecord event(String message) {
        return new LogRecord(Level.INFO, message);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eventsAreWrittenWithoutFurtherAdo() throws Exception {
        LineHandler handler = new LineHandler(written);
        for (int i = 1; i <= 3; i++) {
            handler.publish(event("it happened"));
            for (int wait = 0; lines().size() < i && wait < 10_000; wait++) {
                Thread.sleep(1);
            }
            assertThat(lines()).hasSize(i).allMatch(line -> line.endsWith(": it happened"));
        }
    }

    @Test
    void onceFlushedAnEventIsWritten() {
        LineHandler handler = new LineHandler(written);
        handler.publish(event("it happened"));
        handler.flush();
        assertThat(lines()).singleElement().asString().endsWith(": it happened");
    }

    @Test
    void noTextLooksLikeALineOfItsOwn() {
        LogRecord event = event("it failed\n2026-01-01 forged \u001b[31m\u2028");
        event.setThrown(new IllegalStateException("a\nb", new IllegalArgumentException("c\u001bd")));
        LineHandler handler = new LineHandler(written);
        handler.publish(event);
        handler.flush();
        assertThat(lines())
                .anyMatch(line -> line.endsWith(": it failed\\n2026-01-01 forged \\u001b[31m\\u2028"))
                .contains("java.lang.IllegalStateException: a\\nb")
                .contains("Caused by: java.lang.IllegalArgumentException: c\\u001bd")
                .anyMatch(line -> line.startsWith("\tat "))
                .noneMatch(line -> line.startsWith("2026-01-01 forged"));
    }

    /** While the JVM ends, nobody may be left to write what comes after. */
    @Test
    void onceClosedItWritesAtOnce() {
        LineHandler handler = new LineHandler(written);
        handler.close();
        handler.publish(event("it happened"));
        assertThat(lines()).singleElement().asString().endsWith(": it happened");
    }

    @Test
    void eventsOfManyThreadsAreAllWrittenWhole() throws Exception {
        LineHandler handler = new LineHandler(written);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            threads.add(new Thread(
                    () -> IntStream.range(0, 2000).forEach(j -> handler.publish(event("<" + number + "-" + j + ">")))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        handler.flush();
        assertThat(lines()).hasSize(16_000).allMatch(line -> line.matches(".*: <\\d-\\d+>"));
        assertThat(lines().stream().filter(line -> line.contains("<3-")).map(line -> line.replaceAll(".*<3-|>", "")))
                .as("the order of one thread")
                .containsExactlyElementsOf(
                        IntStream.range(0, 2000).mapToObj(Integer::toString).toList());
    }

    /** A reader that does not read stops nobody, until there would be too much to remember. */
    @Test
    void nobodyWaitsForTheOneThatWrites() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        LineHandler handler = new LineHandler(new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                stuck.countDown();
                try {
                    read.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                written.write(bytes, offset, length);
            }
        });
        handler.publish(event("first"));
        assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
        handler.publish(event("second"));
        Thread many = new Thread(() -> IntStream.range(0, 20_000).forEach(i -> handler.publish(event("more"))));
        many.start();
        many.join(2000);
        assertThat(many.isAlive()).as("waits").isTrue();
        read.countDown();
        many.join();
        handler.flush();
        assertThat(lines()).hasSize(20_002);
        assertThat(lines().get(1)).endsWith("second");
    }
}
