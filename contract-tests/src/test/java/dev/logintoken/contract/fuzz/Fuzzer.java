package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.fuzz.judge.Contract;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Judge;
import dev.logintoken.contract.fuzz.judge.Ledger;
import dev.logintoken.contract.fuzz.judge.Wire;
import dev.logintoken.contract.fuzz.oracle.Oracle;
import dev.logintoken.contract.fuzz.oracle.World;
import dev.logintoken.contract.fuzz.oracle.World.Password;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a number of requests to a running sandbox, and reports each wrong answer. */
final class Fuzzer {

    /** How many go at once; more than the machine has processors, since some of them wait. */
    private static final int LANES = 8;

    /** After so many requests the world is looked at and made anew: its tokens do not live for ever. */
    private static final long ROUND = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern COUNTER =
            Pattern.compile("(?m)^logintoken_requests_total\\{operation=\"(.*?)\",outcome=\"(.*?)\"} (\\S+)$");

    private final Target target;
    private final Spec spec = LoginTokenSpec.load();
    private final Contract contract = new Contract(spec);
    private final Judge judge = new Judge(spec);
    private final FuzzReport report = new FuzzReport();

    Fuzzer(Target target) {
        this.target = target;
    }

    /**
     * Sends the scenarios of some seeds.
     *
     * @param requests how many requests are sent for each
     * @return what was wrong
     */
    List<String> run(List<Long> seeds, long requests) throws Exception {
        contract.operations().stream()
                .filter(operation -> !Oracle.hasTable(operation))
                .forEach(operation -> System.out.println(operation.id()
                        + " has no decision table in Oracle: its answers are compared with the spec alone."));
        long begin = System.nanoTime();
        long start = Files.size(target.log());
        Map<String, Long> before = counters();
        List<String> secrets =
                new CopyOnWriteArrayList<>(List.of("sandbox-password", "website-password", "active-password"));
        try (Ledger ledger = new Ledger(target.log(), start, secrets, PATIENCE)) {
            for (long seed : seeds) {
                AtomicLong index = new AtomicLong();
                long end = report.requests() + requests;
                while (report.requests() < end) {
                    World world = Founding.found(target.url());
                    secrets.addAll(world.secrets());
                    round(seed, index, Math.min(end, report.requests() + ROUND), world, ledger);
                    examine(world, ledger);
                }
            }
            ledger.balance().forEach(report::fault);
            compare(before, ledger);
            System.out.println("Fuzzed " + target + ", seeds " + seeds + ": "
                    + report.figures((System.nanoTime() - begin) / 1e9, ledger));
            return report.faults();
        }
    }

    /** Plays a single scenario again. */
    List<String> replay(long seed, long index) throws Exception {
        World world = Founding.found(target.url());
        try (Ledger ledger = new Ledger(target.log(), Files.size(target.log()), List.of(), PATIENCE);
                Lane lane = lane(world, ledger)) {
            play(seed, index, world, lane);
            ledger.balance().forEach(report::fault);
            return report.faults();
        }
    }

    long requests() {
        return report.requests();
    }

    private void round(long seed, AtomicLong index, long end, World world, Ledger ledger) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                tasks.add(() -> {
                    try (Lane lane = lane(world, ledger)) {
                        while (report.requests() < end) {
                            play(seed, index.getAndIncrement(), world, lane);
                        }
                        return null;
                    }
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Lane lane(World world, Ledger ledger) {
        return new Lane(target, new Oracle(world), judge, ledger, report);
    }

    private void play(long seed, long index, World world, Lane lane) {
        lane.begin("-Dfuzz.seed=" + seed + " -Dfuzz.index=" + index);
        generator(seed, index, world).scenario(lane).play();
    }

    private Generator generator(long seed, long index, World world) {
        return new Generator(
                contract, target, world, new Dice(seed, index), "fz" + Long.toHexString(seed) + "-" + index + "-");
    }

    /** Whether everybody in the world still gets what they should: nothing of what was sent has changed it. */
    private void examine(World world, Ledger ledger) {
        Generator generator = generator(0, report.requests(), world);
        try (Lane lane = lane(world, ledger)) {
            lane.begin("the state afterwards");
            for (String key : world.apiKeys().shared()) {
                world.identifiers()
                        .shared()
                        .forEach(identifier -> lane.send(generator
                                .blank("getLoginToken")
                                .plus("X-Api-Key", key)
                                .plus("User-Identifier", identifier)));
                world.userTokens()
                        .shared()
                        .forEach(token -> lane.send(generator
                                .blank("getLoginToken")
                                .plus("X-Api-Key", key)
                                .plus("User-Authorization", "Bearer " + token)));
            }
            world.partnerTokens()
                    .shared()
                    .forEach(token ->
                            lane.send(generator.blank("getSystemInfo").plus("Authorization", "Bearer " + token)));
            // Many a wrong password was tried; that is forgotten with this state.
            lane.state("many failed logins of a user");
            lane.forget("many failed logins of a user");
            Set<ExpectedAnswer> right = Set.of(ExpectedAnswer.success(200));
            lane.send(generator.post("authenticate", "username", "sandbox", "password", "sandbox-password"), right);
            for (String email : world.accounts().shared()) {
                world.accounts()
                        .find(email)
                        .map(Password::text)
                        .ifPresent(password -> lane.send(
                                generator
                                        .post("loginUser", "emailAddress", email, "password", password)
                                        .plus("X-Api-Key", Founding.PARTNERS_KEY),
                                right));
            }
        }
    }

    /** Whether each exchange of the log was counted once, and nothing else. */
    private void compare(Map<String, Long> before, Ledger ledger) throws Exception {
        Map<String, Long> logged = ledger.counted();
        Map<String, Long> counted = counters();
        counted.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
        Set<String> names = new TreeSet<>(counted.keySet());
        names.addAll(logged.keySet());
        for (String name : names) {
            long inMetrics = counted.getOrDefault(name, 0L);
            long inLog = logged.getOrDefault(name, 0L);
            if (inMetrics != inLog) {
                report.fault("/metrics counts " + inMetrics + " of " + name + ", and the log has " + inLog);
            }
        }
    }

    private Map<String, Long> counters() throws IOException {
        Map<String, Long> counters = new TreeMap<>();
        try (Wire wire = new Wire(target.url())) {
            URI url = target.url();
            wire.send("GET " + url.getPath() + "/metrics HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n\r\n");
            Matcher counter = COUNTER.matcher(wire.read(false).body());
            while (counter.find()) {
                counters.put(counter.group(1) + " " + counter.group(2), (long) Double.parseDouble(counter.group(3)));
            }
        }
        return counters;
    }
}
