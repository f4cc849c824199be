package dev.logintoken.contract.container;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import dev.logintoken.contract.pact.ConsumersPacts;
import dev.logintoken.contract.verification.Interactions;
import dev.logintoken.contract.verification.PactVerification;
import dev.logintoken.kit.Coverage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import static org.assertj.core.api.Assertions.assertThat;

/** Every interaction of every consumer, and the spec, against the WAR in each container. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.logintoken.contract.container.Containers#selected")
@SuppressWarnings("NullAway.Init")
final class ContainerPactIT extends PactVerification {

    private static final Path TABLE = Path.of("target/containers.md");

    private static Coverage coverage;
    private static @Nullable Hosted running;
    private static double startSeconds;

    private final Container container;

    ContainerPactIT(Container container) {
        this.container = container;
    }

    @BeforeAll
    static void sayWhatIsLeftOut() throws IOException {
        Files.deleteIfExists(TABLE);
        if (System.getProperty("container.java25", "").isEmpty()) {
            System.out.println("[WARNING] Nothing runs on Java 25: name a JDK 25 by -Dcontainer.java25=…");
        }
    }

    @BeforeParameterizedClassInvocation
    static void startContainer(Container container) throws IOException {
        coverage = new Coverage(SPEC);
        running = null;
        Hosted hosted = Hosted.start(container, Setup.SANDBOX);
        running = hosted;
        startSeconds = hosted.age().toMillis() / 1000.0;
        begin(hosted, "pact-verification-" + container);
        hosted.assertJaxRs();
    }

    @AfterParameterizedClassInvocation
    static void stopContainer(Container container) throws IOException {
        if (running == null) {
            return; // It did not start, and that was said.
        }
        long memory = running.jvm().residentMebibytes();
        end();
        Files.writeString(
                TABLE,
                "| %s | %.1f s | %d MiB |%n".formatted(container, startSeconds, memory),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        if (!ConsumersPacts.given()) {
            assertThat(coverage.holes())
                    .as("what no interaction with %s shows", container)
                    .isEmpty();
        }
    }

    @TestTemplate
    @ExtendWith(Interactions.class)
    void interaction(PactVerificationContext context) {
        try {
            judge(context).forEach(coverage::add);
        } catch (AssertionError e) {
            throw new AssertionError("In " + container + ": " + e.getMessage(), e);
        }
    }
}
