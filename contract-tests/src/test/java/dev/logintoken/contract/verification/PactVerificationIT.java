package dev.logintoken.contract.verification;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import dev.logintoken.contract.pact.ConsumersPacts;
import dev.logintoken.contract.service.GivenService;
import dev.logintoken.contract.service.RunningService;
import dev.logintoken.contract.service.Service;
import dev.logintoken.kit.Coverage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Every interaction of every consumer; of our own consumers, together they show all of the contract. */
final class PactVerificationIT extends PactVerification {

    private static final Coverage COVERAGE = new Coverage(SPEC);

    @BeforeAll
    static void startService() throws IOException {
        String database = System.getProperty("contract.db", "");
        begin(
                GivenService.find().orElseGet(PactVerificationIT::start),
                "pact-verification" + (database.isEmpty() ? "" : "-" + database));
    }

    private static RunningService start() {
        try {
            return Service.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopService() throws IOException {
        end();
    }

    @AfterAll
    static void nothingIsLeftOut() throws IOException {
        if (!ConsumersPacts.given()) {
            COVERAGE.report(Path.of("target/contract-coverage.html"));
            assertThat(COVERAGE.holes()).as("what no interaction shows").isEmpty();
        }
    }

    @TestTemplate
    @ExtendWith(Interactions.class)
    void interaction(PactVerificationContext context) {
        judge(context).forEach(COVERAGE::add);
    }
}
