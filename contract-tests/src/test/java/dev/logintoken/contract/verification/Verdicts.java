package dev.logintoken.contract.verification;

import au.com.dius.pact.provider.junit5.PactVerificationContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Collects the verdicts of a run: prints each failure once, and in the end a summary, a page and a JUnit report. */
final class Verdicts {

    private final Path directory = Path.of("target");
    private final String name;
    private final List<Verdict> verdicts = new ArrayList<>();

    /**
     * Creates an empty collection.
     *
     * @param name of the files that the run leaves
     */
    Verdicts(String name) {
        this.name = name;
    }

    /** Notes an interaction that went as its consumer expects. */
    void pass(PactVerificationContext context) {
        verdicts.add(Verdict.of(context, List.of(), ""));
    }

    /** Notes and prints a failure; of a pending pact, that is all. */
    void pending(PactVerificationContext context, List<String> faults, String request) {
        Verdict verdict = Verdict.of(context, faults, request);
        verdicts.add(verdict);
        System.out.print(verdict.block());
    }

    /** Notes and prints a failure, and returns it as a line for JUnit. */
    AssertionError failure(PactVerificationContext context, List<String> faults, String request) {
        pending(context, faults, request);
        Verdict verdict = verdicts.get(verdicts.size() - 1);
        String more = faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : "";
        AssertionError failure = new AssertionError(verdict.consumer() + ": " + verdict.description() + ": "
                + faults.get(0).lines().findFirst().orElse("") + more);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    /** Prints the summary and writes the files, unless nothing was verified. */
    void report() throws IOException {
        if (verdicts.isEmpty()) {
            return;
        }
        System.out.printf("%nPact verification: %s%n", counts(verdicts));
        for (String consumer :
                new TreeSet<>(verdicts.stream().map(Verdict::consumer).toList())) {
            System.out.printf(
                    "  %s: %s%n",
                    consumer,
                    counts(verdicts.stream()
                            .filter(verdict -> verdict.consumer().equals(consumer))
                            .toList()));
        }
        verdicts.stream()
                .filter(verdict -> !verdict.passed())
                .forEach(verdict -> System.out.printf(
                        "  %s  %s: %s%n", verdict.outcome(), verdict.consumer(), verdict.description()));
        Path page = directory.resolve(name + ".html");
        Path junit = directory.resolve(name + ".xml");
        Files.createDirectories(directory);
        new VerdictPage(verdicts, counts(verdicts)).write(page);
        new VerdictXml(verdicts).write(junit);
        System.out.printf("  %s%n  %s%n", page.toAbsolutePath(), junit.toAbsolutePath());
    }

    private static String counts(List<Verdict> verdicts) {
        return "%d interactions, %d passed, %d failed, %d pending"
                .formatted(
                        verdicts.size(),
                        count(verdicts, "passed"),
                        count(verdicts, "failed"),
                        count(verdicts, "pending"));
    }

    private static long count(List<Verdict> verdicts, String outcome) {
        return verdicts.stream()
                .filter(verdict -> verdict.outcome().equals(outcome))
                .count();
    }
}
