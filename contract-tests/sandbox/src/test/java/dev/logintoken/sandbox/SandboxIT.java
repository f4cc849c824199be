package dev.logintoken.sandbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/** The sandbox's process: how it starts, what it shows and how it ends. */
final class SandboxIT {

    @Test
    void twoRunBesideEachOtherWithSettingsOfTheirOwn() throws Exception {
        try (Sandbox first = Sandbox.start();
                Sandbox second = Sandbox.builder()
                        .setting("logintoken.http.context-path", "/second")
                        .build()) {
            assertThat(second.url().getPath()).isEqualTo("/second");
            ProviderState deleted = first.given("a deleted user");
            assertThat(Calls.loginToken(first.url(), deleted.userIdentifier())).contains("ER709");
            assertThat(Calls.loginToken(second.url(), deleted.userIdentifier())).contains("ER706");
        }
    }

    @Test
    void aStartThatFailsSaysWhy() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> Sandbox.builder().setting("logintoken.tttl", "30").build())
                .withMessageContaining("The service did not start:")
                .withMessageContaining("Unknown setting: system property logintoken.tttl."
                        + " The nearest known one is logintoken.ttl.");
    }

    @Test
    void itNeedsNoJUnitAndEndsWithAJvmThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of("target/classes") + ":" + Path.of("target/test-classes"),
                        Consumer.class.getName(),
                        PackedWar.file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            assertThat(line).matches("http://127\\.0\\.0\\.1:\\d+ \\d+ key-.*");
            ProcessHandle sandbox =
                    ProcessHandle.of(Long.parseLong(line.split(" ")[1])).orElseThrow();
            jvm.destroyForcibly().waitFor();
            sandbox.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFailedTestShowsWhatTheServiceLogged() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Tests.class))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        PrintStream err = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
            LauncherFactory.create().execute(request, summary);
        } finally {
            System.setErr(err);
        }
        assertThat(summary.getSummary().getTestsFailedCount()).isEqualTo(1);
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("The log of login-token at ")
                .contains("during failing():")
                .contains("ER705");
    }

    /** Of these the launcher runs one that passes and one that fails. */
    static final class Tests {

        @RegisterExtension
        static final LoginTokenSandbox sandbox = LoginTokenSandbox.builder().build();

        @Test
        void passing() throws Exception {
            assertThat(Calls.loginToken(sandbox.url(), "activeuser000000000000000000000000000000"))
                    .contains("expiryDate");
        }

        @Test
        void failing() throws Exception {
            fail(Calls.loginToken(sandbox.url(), "unlinked00000000000000000000000000000000"));
        }
    }
}
