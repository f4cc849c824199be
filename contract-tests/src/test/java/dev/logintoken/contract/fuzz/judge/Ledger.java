package dev.logintoken.contract.fuzz.judge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the service's log as it grows. Every answer that has a request id must have one line, with the same status and
 * codes; no line may come from outside.
 */
public final class Ledger implements AutoCloseable {

    /** Begins all that the fuzzer would like to see at the start of a line. */
    public static final String CANARY = "CANARY-7f3a";

    /** A line that looks like the log's own, with a time at which nobody logged. */
    public static final String FORGED = "2001-01-01T00:00:00.000+0000 INFO dev.logintoken.audit: " + CANARY;

    private static final Pattern EXCHANGE = Pattern.compile(
            "dev\\.logintoken\\.exchanges[: ].*?request=([A-Za-z0-9-]{1,64}) .*?operation=(\\w+) status=(\\d{3})"
                    + " outcome=(\\S+|status \\d+) micros=\\d+$");

    private static final int SHOWN = 400;

    private final Path log;
    private final List<String> secrets;
    private final long begin;
    private final Duration patience;
    private final Thread reader = new Thread(this::follow, "log");
    private final Map<String, String> open = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> counted = new ConcurrentHashMap<>();
    private final LongAdder lines = new LongAdder();
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder canaries = new LongAdder();
    private volatile boolean closed;
    private final LongAdder octets = new LongAdder();

    /**
     * Begins to read.
     *
     * @param log where the service writes its log
     * @param begin where the log was when the service was ready; its banner may show what is published
     * @param secrets what may stand in no line
     * @param patience how long an answer's line may take to be written
     */
    public Ledger(Path log, long begin, List<String> secrets, Duration patience) {
        this.patience = patience;
        this.log = log;
        this.begin = begin;
        this.secrets = secrets;
        reader.setDaemon(true);
        reader.start();
    }

    /** An answer that has to be in the log. */
    public void answered(String requestId, Answer answer, boolean head) {
        ExpectedAnswer outcome = Judge.outcome(answer, head);
        // The codes of an answer to HEAD are in the log alone.
        String seen = answer.status() + " "
                + (head && answer.status() >= 400
                        ? "?"
                        : outcome.codes().isEmpty()
                                ? answer.status() < 400 ? "OK" : "status " + answer.status()
                                : String.join(",", outcome.codes()));
        settle(requestId, "answer " + seen);
    }

    private void logged(String requestId, String status, String codes) {
        settle(requestId, "line " + status + " " + codes);
    }

    /** Puts one side of an exchange beside the other. */
    private void settle(String requestId, String side) {
        open.compute(requestId, (id, other) -> {
            if (other == null) {
                return side;
            }
            String[] one = side.split(" ", 2);
            String[] two = other.split(" ", 2);
            boolean same = one[1].equals(two[1])
                    || ((one[1] + two[1]).contains("?")
                            && one[1].substring(0, 3).equals(two[1].substring(0, 3)));
            if (one[0].equals(two[0]) || !same) {
                faults.add("request " + id + " has the " + side + " and the " + other);
            }
            return null;
        });
    }

    /** Waits until all answers are found in the log, or nothing new comes; then tells what is wrong. */
    public List<String> balance() throws InterruptedException {
        Instant deadline = Instant.now().plus(patience);
        while (Instant.now().isBefore(deadline) && open.values().stream().anyMatch(side -> side.startsWith("answer"))) {
            Thread.sleep(50);
        }
        long before = -1;
        while (octets.sum() != before) {
            before = octets.sum();
            Thread.sleep(500);
        }
        List<String> all = new ArrayList<>(faults);
        open.forEach((id, side) -> {
            if (side.startsWith("answer")) {
                all.add("request " + id + " has the " + side + " and no line in the log");
            }
        });
        return all;
    }

    /** Lines to which no answer was read: their senders were gone. */
    public long unanswered() {
        return open.values().stream().filter(side -> side.startsWith("line")).count();
    }

    /** How many exchanges were logged, by operation and outcome, as the metrics count them. */
    public Map<String, Long> counted() {
        Map<String, Long> sums = new TreeMap<>();
        counted.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    /** Returns how many exchanges it was told of. */
    public long exchanges() {
        return exchanges.sum();
    }

    /** Returns how many lines of the log it has read. */
    public long lines() {
        return lines.sum();
    }

    /** Lines that quote what came from outside; within a line, it does no harm. */
    public long canaries() {
        return canaries.sum();
    }

    private void follow() {
        byte[] some = new byte[1 << 16];
        StringBuilder line = new StringBuilder();
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(begin);
            while (!closed) {
                int length = in.read(some);
                if (length <= 0) {
                    Thread.sleep(20);
                    continue;
                }
                for (int i = 0; i < length; i++) {
                    char octet = (char) (some[i] & 0xff);
                    if (octet == '\n') {
                        line(line.toString());
                        line.setLength(0);
                    } else {
                        line.append(octet);
                    }
                }
                octets.add(length);
            }
        } catch (IOException e) {
            faults.add("the log could not be read: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void line(String line) {
        lines.increment();
        Matcher exchange = EXCHANGE.matcher(line);
        if (exchange.find()) {
            exchanges.increment();
            for (String outcome : exchange.group(4).split(",")) {
                counted.computeIfAbsent(exchange.group(2) + " " + outcome, any -> new LongAdder())
                        .increment();
            }
            logged(exchange.group(1), exchange.group(3), exchange.group(4));
        }
        String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
        if (line.startsWith(CANARY) || line.startsWith("2001-") || line.contains("] " + FORGED)) {
            faults.add("a line of the log came from outside: " + shown);
        }
        if (line.contains(CANARY)) {
            canaries.increment();
        }
        if (line.chars().anyMatch(octet -> (octet < ' ' && octet != '\t') || octet == 127)) {
            faults.add("a line of the log has a control character: " + FuzzTexts.shell(shown));
        }
        for (String secret : secrets) {
            if (line.contains(secret)) {
                faults.add("a line of the log has a secret: " + shown.replace(secret, "…"));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
