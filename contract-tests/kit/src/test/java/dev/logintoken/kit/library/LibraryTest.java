package dev.logintoken.kit.library;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.VerificationReports;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.logintoken.kit.Coverage;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.ProxiedVerification;
import dev.logintoken.kit.RecordingProxy;
import dev.logintoken.kit.Sharpness;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kit on an API that is not login-token. Two faults are planted: no interaction shows a refused loan, and the
 * consumer {@code careless} looks at the status alone.
 */
@Provider("library")
@PactFolder("src/test/resources/library/pacts")
@VerificationReports({})
@SuppressWarnings("NullAway.Init")
final class LibraryTest {

    private static final Path PAGE = Path.of("target/library-coverage.html");

    private static final Set<String> OPERATIONS = new TreeSet<>();

    private static Library library;
    private static RecordingProxy proxy;
    private static ProxiedVerification verification;
    private static Coverage coverage;
    private static Sharpness sharpness;

    @BeforeAll
    static void start() throws IOException {
        Spec spec = new Spec(Files.readString(Path.of("src/test/resources/library/openapi.yaml")));
        OPERATIONS.addAll(spec.operations().keySet());
        library = new Library();
        proxy = new RecordingProxy(library.url());
        verification = new ProxiedVerification(spec, proxy);
        coverage = new Coverage(spec);
        sharpness = new Sharpness(spec);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        library.close();
    }

    @BeforeEach
    void aim(PactVerificationContext context) {
        verification.aim(context);
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void interaction(PactVerificationContext context) {
        Exchange real = verification.verify(context).get(0);
        coverage.add(real);
        sharpness.test(
                context.getInteraction().getDescription(), real, answer -> verification.catches(context, answer));
    }

    @AfterAll
    static void thePlantedHoleIsFound() throws IOException {
        coverage.report(PAGE);
        assertThat(coverage.holes()).containsExactly(new Coverage.Row("lendBook", "default", ""));
        assertThat(PAGE).content().contains("3 of 4", "<tr class=hole><td>lendBook<td>default");
    }

    @AfterAll
    static void thePlantedWeakPactIsFound() {
        sharpness.print();
        assertThat(sharpness.operations()).isEqualTo(OPERATIONS);
        assertThat(sharpness.survivors())
                .containsExactly("getBook 200, some book: a text with a blank at its end /title");
    }
}
