package dev.logintoken.contract.fuzz;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The running WAR under requests that chance makes, see {@code fuzz/run}: fixed seeds, so that what was found once stays
 * found, and a fresh one.
 */
final class FuzzIT {

    private static final List<Long> FIXED = List.of(1L, 2L);

    private static Stream<String> targets() {
        return Stream.of(System.getProperty("fuzz.targets", "h2").split(","));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyAnswerIsOneOfTheContract(String name) throws Exception {
        long requests = Long.getLong("fuzz.requests", 50_000);
        List<Long> seeds = seeds();
        System.out.println("Fuzzing " + name + " with the seeds " + seeds);
        try (Target target = Target.start(name)) {
            Fuzzer fuzzer = new Fuzzer(target);
            Long index = Long.getLong("fuzz.index");
            List<String> faults = index == null
                    ? fuzzer.run(seeds, Math.max(1, requests / seeds.size()))
                    : fuzzer.replay(seeds.get(0), index);
            assertThat(String.join("\n", faults)).isEmpty();
            assertThat(fuzzer.requests()).isGreaterThanOrEqualTo(index == null ? requests : 1);
        }
    }

    private static List<Long> seeds() {
        String given = System.getProperty("fuzz.seed", "");
        if (!given.isEmpty()) {
            return List.of(Long.valueOf(given));
        }
        List<Long> seeds = new ArrayList<>(FIXED);
        seeds.add(new SecureRandom().nextLong(1L << 40));
        return seeds;
    }
}
