package dev.logintoken.server.auth;

import dev.logintoken.server.key.KeySet;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;



/** Measures how long it takes to read a user token: a new one, a known one, and a forged one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JwtBenchmark {

    /** More than are kept, each used in turn, so that none is known when it comes again. */
    private static final int MANY = 60_000;

    private final Jwts jwts = new Jwts(KeySet.of("1", new byte[32], HmacKey::of), Clock.systemUTC());
    private final String known = token();
    private final String forged = known.substring(0, known.length() - 4) + "AAAA";
    private final String[] many = new String[MANY];
    private int next;

    /** Signs the tokens. */
    public JwtBenchmark() {
        for (int i = 0; i < MANY; i++) {
            many[i] = token();
        }
    }

    /** A token that is verified and read. */
    @Benchmark
    public Optional<Claims> verifyNew() {
        next = (next + 1) % MANY;
        return jwts.userClaims(many[next]);
    }

    /** A token that was verified lately. */
    @Benchmark
    public Optional<Claims> verifyKnown() {
        return jwts.userClaims(known);
    }

    /** Reads a forged token, whose verification is never cached. */
    @Benchmark
    public Optional<Claims> refuseForged() {
        return jwts.userClaims(forged);
    }

    private String token() {
        return jwts.userToken(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    }
}
