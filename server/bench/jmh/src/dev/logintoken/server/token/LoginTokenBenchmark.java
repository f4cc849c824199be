package dev.logintoken.server.token;

import dev.logintoken.api.model.RedemptionErrorCode;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.redemption.Redemptions;
import dev.logintoken.server.directory.Registration;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.outcome.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;



/** Measures how long it takes to issue a login token, and to verify one, without any look-up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LoginTokenBenchmark {

    private final Partner partner = new Partner(UUID.randomUUID(), Partner.Role.APP, new byte[16], true);
    private final User user = new User(UUID.randomUUID(), new byte[16], false);

    /** Knows one partner and one user. */
    private final class Constant implements Directory {
        @Override
        public Directory uncached() {
            return this;
        }

        @Override
        public Optional<Partner> partnerByApiKey(byte[] sha256) {
            return Optional.empty();
        }

        @Override
        public Optional<Registration> registration(UUID partner, String identifier) {
            return Optional.empty();
        }

        @Override
        public Optional<Partner> partner(UUID uuid) {
            return Optional.of(partner);
        }

        @Override
        public Optional<User> user(UUID uuid) {
            return Optional.of(user);
        }
    }

    private final Database database = Database.on(new JdbcDataSource());
    private final LoginTokens tokens = new LoginTokens(
            new Constant(),
            new Redemptions(database),
            KeySet.of("1", new byte[32], MacKey::of),
            Duration.ofHours(1),
            Clock.systemUTC());
    private final String uuid = user.uuid().toString();

    /** Of another user, so that its tag does not fit: verification goes as far as it does for a good one. */
    private final String foreign =
            tokens.issue(partner, new User(UUID.randomUUID(), new byte[16], false), "request").text();

    /** A new token. */
    @Benchmark
    public LoginTokens.Issued issue() {
        return tokens.issue(partner, user, "request");
    }

    /** Verifies a token with a wrong tag. */
    @Benchmark
    public Outcome<User, RedemptionErrorCode> verify() {
        return tokens.look(uuid, foreign);
    }
}
