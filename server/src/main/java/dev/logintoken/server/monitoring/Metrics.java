package dev.logintoken.server.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This node's metrics, in Prometheus's format. Labels are the contract's operations and codes. No label can be chosen
 * by a caller.
 */
@Path("/metrics")
public final class Metrics implements AutoCloseable {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** The counters, by operation and outcome. */
    private final Map<String, Map<String, Counter>> counters = new ConcurrentHashMap<>();

    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    /** Absent until the first scrape. */
    private @Nullable JvmGcMetrics collections;

    public Metrics(Release release) {
        // Micrometer has no meter whose name may end in _info.
        Info.builder()
                .name("logintoken_build_info")
                .help("The release that this node runs")
                .labelNames("version", "commit")
                .register(registry.getPrometheusRegistry())
                .addLabelValues(release.version(), release.commit());
    }

    /** Returns the registry, where other parts add their metrics. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Returns all metrics in Prometheus's text format. */
    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    public String scrape() {
        measureJvm();
        return registry.scrape();
    }

    /** Adds the JVM's metrics at the first scrape, so that a start does not load JMX. */
    private synchronized void measureJvm() {
        if (collections == null) {
            collections = new JvmGcMetrics();
            collections.bindTo(registry);
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
        }
    }

    /**
     * Counts an exchange.
     *
     * @param operation its operation's id
     * @param outcomes the codes of its errors, or its result if it has none
     */
    public void count(String operation, Collection<String> outcomes, Duration duration) {
        Map<String, Counter> ofOperation = counters.computeIfAbsent(operation, any -> new ConcurrentHashMap<>());
        for (String outcome : outcomes) {
            ofOperation
                    .computeIfAbsent(outcome, any -> counter(operation, outcome))
                    .increment();
        }
        timers.computeIfAbsent(operation, this::timer).record(duration);
    }

    private Counter counter(String operation, String outcome) {
        return Counter.builder("logintoken.requests")
                .description("Requests by operation and outcome; one with several errors counts for each")
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Timer timer(String operation) {
        return Timer.builder("logintoken.request.duration")
                .description("Time to an answer")
                .tag("operation", operation)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public synchronized void close() {
        if (collections != null) {
            collections.close();
        }
        registry.close();
    }
}
