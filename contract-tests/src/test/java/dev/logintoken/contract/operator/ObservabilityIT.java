package dev.logintoken.contract.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard and the alert rules ask for nothing but what a running service tells. */
final class ObservabilityIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = new SandboxExtension();

    private static final Path MONITORING = Path.of("../server/docs/monitoring");

    /** What Prometheus itself knows of each node. */
    private static final Set<String> PROMETHEUS = Set.of("up");

    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without)\\s*\\([^)]*\\)");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?!\\w|\\s*\\()");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)\\s*\"([^\"]*)\"");

    private static String metrics;

    @BeforeAll
    static void drive() throws Exception {
        Api api = new Api(SANDBOX.service().url());
        assertThat(api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER)
                        .status())
                .isEqualTo(200);
        metrics = get("/metrics");
    }

    @Test
    void everyMetricOfTheDashboardIsThere() throws IOException {
        assertTold(queriesOfTheDashboard());
    }

    @Test
    void everyMetricOfTheAlertRulesIsThere() throws IOException {
        assertTold(queriesOfTheRules());
    }

    @Test
    void everyOperationAndCodeThatIsAskedForIsOfTheContract() throws IOException {
        String spec = LoginTokenSpec.yaml();
        Set<String> queries = new TreeSet<>(queriesOfTheDashboard());
        queries.addAll(queriesOfTheRules());
        Set<String> values = queries.stream()
                .flatMap(query -> LABEL.matcher(query).results())
                .filter(label -> Set.of("operation", "outcome").contains(label.group(1)))
                .map(label -> label.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(values).contains("getLoginToken", "ER999", "OK", "none");
        values.removeAll(Set.of("OK", "none"));
        assertThat(values)
                .allSatisfy(value -> assertThat(Pattern.compile("\\b" + value + "\\b")
                                .matcher(spec)
                                .find())
                        .as(value)
                        .isTrue());
    }

    @Test
    void theReleaseIsToldAlikeByInfoMetricsAndLog() throws Exception {
        JsonNode info = Spec.read(get("/info"));
        assertThat(info.fieldNames()).toIterable().containsExactly("build", "git");
        String version = info.at("/build/version").asText();
        String commit = info.at("/git/commit/id").asText();
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+\\S*");
        assertThat(commit).matches("unknown|[0-9a-f]{40}(-dirty)?");
        assertThat(metrics).contains("logintoken_build_info{commit=\"" + commit + "\",version=\"" + version + "\"} 1");
        assertThat(SANDBOX.service().output()).contains("login-token " + version + ", commit " + commit);
    }

    private static void assertTold(Set<String> queries) {
        Set<String> names = queries.stream()
                .map(ObservabilityIT::withoutLabels)
                .flatMap(query -> NAME.matcher(query).results())
                .map(name -> name.group())
                .filter(name -> !Set.of("or", "and", "unless").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).contains("logintoken_requests_total", "hikaricp_connections_pending");
        names.removeAll(PROMETHEUS);
        assertThat(names)
                .allSatisfy(name -> assertThat(metrics.lines())
                        .as(name)
                        .anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + "{")));
    }

    private static String withoutLabels(String query) {
        String without = query;
        for (Pattern part : new Pattern[] {TEXT, GROUPING, LABELS, RANGE}) {
            without = part.matcher(without).replaceAll(" ");
        }
        return without;
    }

    private static Set<String> queriesOfTheDashboard() throws IOException {
        JsonNode dashboard = Spec.read(Files.readString(MONITORING.resolve("dashboard.json")));
        return Set.copyOf(dashboard.path("panels").findValuesAsText("expr"));
    }

    private static Set<String> queriesOfTheRules() throws IOException {
        return Set.copyOf(new YAMLMapper()
                .readTree(Files.readString(MONITORING.resolve("alerts.yml")))
                .findValuesAsText("expr"));
    }

    private static String get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(SANDBOX.service().url() + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
