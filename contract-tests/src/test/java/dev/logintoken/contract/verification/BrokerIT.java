package dev.logintoken.contract.verification;

import dev.logintoken.contract.pact.BrokerStub;
import dev.logintoken.contract.pact.BrokerStub.Request;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import static dev.logintoken.contract.pact.BrokerStub.interaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** A verification of the pacts of a Pact Broker, in a process of its own as Maven would start it. */
@SuppressWarnings("NullAway.Init")
final class BrokerIT {

    private static final String INFO = "/api/v1/system/info";
    private static final String ELSEWHERE = "/api/v1/elsewhere";
    private static final String TOKEN = "a-token-that-nobody-sees";
    private static final String SELECTORS = "[{\"branch\": \"next\"}, {\"deployedOrReleased\": true}]";

    private static BrokerStub broker;
    private static Run run;

    private record Run(int status, String output, Path directory) {}

    @BeforeAll
    static void verifyAndPublish() throws IOException, InterruptedException {
        broker = new BrokerStub("Bearer " + TOKEN)
                .with("content", interaction("the regions", INFO, 200))
                .with("disappointed", interaction("no regions", INFO, 404), interaction("the regions", INFO, 200))
                .with("moonstruck", interaction("the regions", INFO, 200, "a user from the moon"))
                .with("astray", interaction("outside the spec", ELSEWHERE, 404))
                .with("hopeful", interaction("a wish", ELSEWHERE, 200))
                .with("unheard", interaction("the regions", INFO, 200));
        run = verify(
                broker,
                Map.of("PACT_BROKER_TOKEN", TOKEN),
                "pactbroker.consumerversionselectors.rawjson=" + SELECTORS,
                "pactbroker.enablePending=true",
                "pactbroker.includeWipPactsSince=2026-01-01",
                "pact.verifier.publishResults=true",
                "pact.provider.version=1.2.3",
                "pact.provider.branch=feature/next");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void theSelectorsArrive() throws IOException {
        assertThat(broker.selection()).isEqualTo(Spec.JSON.readTree("""
            {"consumerVersionSelectors": %s, "includePendingStatus": true, "providerVersionTags": [],
             "includeWipPactsSince": "2026-01-01",
             "providerVersionBranch": "feature/next"}\
            """.formatted(SELECTORS)));
    }

    @Test
    void everyVerdictIsPublished() {
        assertThat(told("/results/"))
                .extracting(
                        Request::path, result -> result.body().get("success").asBoolean())
                .containsExactlyInAnyOrder(
                        tuple("/results/content", true),
                        tuple("/results/disappointed", false),
                        tuple("/results/moonstruck", false),
                        tuple("/results/astray", false),
                        tuple("/results/hopeful", false),
                        tuple("/results/unheard", true));
    }

    @Test
    void verdictsAreOnTheVersion() {
        assertThat(told("/results/"))
                .extracting(result ->
                        result.body().get("providerApplicationVersion").asText())
                .containsOnly("1.2.3");
    }

    @Test
    void theVersionIsOnTheBranch() {
        assertThat(told("/pacticipants/"))
                .extracting(Request::method, Request::path)
                .containsOnly(tuple("PUT", "/pacticipants/login-token/branches/feature/next/versions/1.2.3"));
    }

    @Test
    void whatIsNotPendingFailsTheRun() {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .contains("4 tests failed", "3 tests successful")
                .contains("Failed to update the test results");
    }

    @Test
    void everyFailureIsPrintedOnce() {
        assertThat(run.output())
                .containsOnlyOnce(String.join(
                        System.lineSeparator(),
                        "FAILED  disappointed: no regions",
                        "  fault    status: expected 404, came 200",
                        "  request  curl -i -H 'X-Api-Key: sandbox-api-key' http://localhost:8080" + INFO));
        assertThat(run.output())
                .containsOnlyOnce("fault    the spec does not allow it: GET " + ELSEWHERE + " is not in the spec")
                .containsOnlyOnce("PENDING  hopeful: a wish");
    }

    @Test
    void aMistypedStateIsToldWithTheNearest() {
        assertThat(run.output())
                .containsOnlyOnce("fault    There is no provider state 'a user from the moon'. The nearest is '")
                .contains("moonstruck: the regions: There is no provider state 'a user from the moon'.")
                .doesNotContain("@State");
    }

    @Test
    void theSummaryCountsTheVerdicts() {
        assertThat(run.output())
                .contains("Pact verification: 7 interactions, 3 passed, 3 failed, 1 pending")
                .contains("  disappointed: 2 interactions, 1 passed, 1 failed, 0 pending")
                .contains("  failed  disappointed: no regions");
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        assertThat(Files.readString(run.directory().resolve("target/pact-verification.html")))
                .contains("<tr class=failed><td>failed<td>disappointed<td>no regions<pre>status: expected 404, came"
                        + " 200</pre>")
                .doesNotContain("src=", "href=", "url(", "@import", "<script");
    }

    @Test
    void theJunitReportHasATestCaseForEachInteraction() throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(run.directory().resolve("target/pact-verification.xml").toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("7");
        assertThat(suite.getAttribute("failures")).isEqualTo("3");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(7);
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("request  curl -i");
    }

    @Test
    void theTokenIsNotPrinted() {
        assertThat(run.output()).doesNotContain(TOKEN);
    }

    @Test
    void nothingIsPublishedUnlessAskedFor() throws IOException, InterruptedException {
        try (BrokerStub quiet = new BrokerStub("Basic YS11c2VyOmEtcGFzc3dvcmQ=")
                .with("content", interaction("the regions", INFO, 200))) {
            Run green = verify(
                    quiet,
                    Map.of("PACT_BROKER_USERNAME", "a-user", "PACT_BROKER_PASSWORD", "a-password"),
                    "pact.provider.version=1.2.3");
            assertThat(green.output()).contains("1 tests successful").doesNotContain("a-password");
            assertThat(green.status()).isZero();
            assertThat(quiet.told()).isEmpty();
        }
    }

    private static List<Request> told(String where) {
        return broker.told().stream()
                .filter(request -> request.path().startsWith(where))
                .toList();
    }

    private static Run verify(BrokerStub broker, Map<String, String> environment, String... properties)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("-Dlogin-token.war=" + System.getProperty("login-token.war"));
        command.add("-Dpactbroker.url=" + broker.url());
        List.of(properties).forEach(property -> command.add("-D" + property));
        command.addAll(List.of("org.junit.platform.console.ConsoleLauncher", "execute", "--disable-ansi-colors"));
        command.add("--select-class=" + PactVerificationIT.class.getName());
        Path directory = Files.createTempDirectory("contract-");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output, directory);
    }
}
