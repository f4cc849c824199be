package dev.logintoken.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Whether a suite notices wrong answers. It alters one fact of an interaction's real answer at a time. A mutant that
 * nobody catches is a fault that a provider could have and still pass.
 */
public final class Sharpness {

    private final Spec spec;
    private final Map<String, Tally> byAlteration = new TreeMap<>();
    private final Map<String, Tally> byOperation = new TreeMap<>();
    private final List<String> survivors = new ArrayList<>();

    /** Creates the empty count of a spec. */
    public Sharpness(Spec spec) {
        this.spec = spec;
    }

    /**
     * Tries all mutants of an answer. The spec catches most of them, whatever the consumer expects.
     *
     * @param interaction what the interaction is called
     * @param real the right answer
     * @param catches whether the verification of the interaction fails with an answer
     */
    public void test(String interaction, Exchange real, Predicate<Exchange> catches) {
        String operation = spec.operationId(real).orElseThrow();
        for (Mutant mutant : Mutants.of(spec, real)) {
            boolean caught = !spec.faults(mutant.answer()).isEmpty() || catches.test(mutant.answer());
            byAlteration.merge(mutant.alteration(), Tally.of(caught), Tally::plus);
            byOperation.merge(operation, Tally.of(caught), Tally::plus);
            if (!caught) {
                survivors.add(operation + " " + real.status() + ", " + interaction + ": " + mutant.alteration() + " "
                        + mutant.where());
            }
        }
    }

    /** Returns a line for each mutant that nobody caught. */
    public List<String> survivors() {
        return List.copyOf(survivors);
    }

    /** Returns the operations whose answers were altered. */
    public Set<String> operations() {
        return Set.copyOf(byOperation.keySet());
    }

    /** Returns the ways in which answers were altered. */
    public Set<String> alterations() {
        return Set.copyOf(byAlteration.keySet());
    }

    /** Prints how many mutants were caught, by alteration and operation, and the survivors. */
    public void print() {
        byAlteration.forEach((alteration, tally) -> System.out.printf("%-40s %s%n", alteration, tally));
        byOperation.forEach((operation, tally) -> System.out.printf("%-40s %s%n", operation, tally));
        survivors.forEach(survivor -> System.out.println("survived: " + survivor));
        Tally all = byOperation.values().stream().reduce(Tally.NONE, Tally::plus);
        System.out.printf("Mutants caught: %s, by %d alterations%n", all, byAlteration.size());
    }
}
