package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.fuzz.judge.Answer;
import dev.logintoken.contract.fuzz.judge.FuzzTexts;
import dev.logintoken.contract.fuzz.judge.Ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what was sent and what came back, and keeps what was wrong. */
final class FuzzReport {

    private static final int KEPT = 200;
    private static final long SLOW = 2_000_000_000L;

    private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong faultCount = new AtomicLong();
    private final LongAdder slow = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final AtomicLong slowest = new AtomicLong();

    void sent(String kind) {
        sent.computeIfAbsent(kind, any -> new LongAdder()).increment();
    }

    void answered(Answer answer) {
        statuses.computeIfAbsent(answer.status(), any -> new LongAdder()).increment();
        slowest.accumulateAndGet(answer.nanos(), Math::max);
        if (answer.nanos() > SLOW) {
            slow.increment();
        }
    }

    /** A request was sent again, since its connection had ended. */
    void repeated() {
        repeated.increment();
    }

    /**
     * Something is wrong.
     *
     * @param scenario by which it can be repeated
     * @param request what was sent, octet by octet
     */
    void fault(String scenario, List<String> what, String request, String answer) {
        if (faultCount.incrementAndGet() <= KEPT) {
            faults.add(scenario + ": " + String.join("; ", what) + "\n  printf '%s' " + FuzzTexts.shell(request)
                    + " | nc -N HOST PORT\n  " + answer);
        }
    }

    /** Something is wrong that belongs to no one request. */
    void fault(String what) {
        if (faultCount.incrementAndGet() <= KEPT) {
            faults.add(what);
        }
    }

    long requests() {
        return sent.values().stream().mapToLong(LongAdder::sum).sum();
    }

    List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        long more = faultCount.get() - all.size();
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return all;
    }

    /** The figures of a run. */
    String figures(double seconds, Ledger ledger) {
        return String.format(
                "%d requests in %.0f s (%.0f/s): %s; answers: %s; slowest %d ms, over 2 s %d; repeated %d; log: %d lines, %d"
                        + " exchanges, %d without an answer read, %d lines quote a canary; %d faults",
                requests(),
                seconds,
                requests() / seconds,
                new TreeMap<>(sent),
                statuses.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Object::toString)
                        .collect(Collectors.joining(", ")),
                slowest.get() / 1_000_000,
                slow.sum(),
                repeated.sum(),
                ledger.lines(),
                ledger.exchanges(),
                ledger.unanswered(),
                ledger.canaries(),
                faultCount.get());
    }
}
