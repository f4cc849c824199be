package dev.logintoken.contract.cluster;

import dev.logintoken.contract.cluster.ClusterHistory.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes of the service on a PostgreSQL cluster, under load. First come the faults that {@code cluster.faults} names,
 * then others drawn from {@code cluster.seed}, until {@code cluster.seconds} are over.
 */
final class ClusterIT {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("cluster.seconds", 180));

    private static final List<ClusterFault> FIRST = Stream.of(
                    System.getProperty("cluster.faults", "").split(","))
            .filter(name -> !name.isEmpty())
            .map(ClusterFault::valueOf)
            .toList();

    private static final Set<ClusterFault> PARTING =
            EnumSet.of(ClusterFault.PRIMARY_CUT_OFF, ClusterFault.PRIMARY_ISOLATED);

    private static final List<ClusterFault> ALL = Stream.of(ClusterFault.values())
            .filter(fault -> ClusterHosts.NAMESPACES || !PARTING.contains(fault))
            .toList();

    private Path directory;
    private Random random;

    @BeforeEach
    void begin() throws Exception {
        String given = System.getProperty("cluster.seed", "");
        long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
        random = new Random(seed);
        // Outside of /root, which the user postgres may not enter.
        directory = Files.createTempDirectory("login-token-cluster-");
        new ProcessBuilder("chmod", "755", directory.toString()).start().waitFor();
        System.out.println("Cluster: seed " + seed + ", in " + directory);
    }

    @Test
    void everyTokenIsUsedOnceThroughEveryFailover() throws Exception {
        try (PatroniCluster cluster = new PatroniCluster(directory, true);
                ClusterRun run = new ClusterRun(directory, cluster.urls(), cluster.urlsOfNodes())) {
            long end = System.nanoTime() + LENGTH.toNanos();
            int faults = 0;
            for (; faults < FIRST.size() || System.nanoTime() < end; faults++) {
                upset(run, cluster, faults < FIRST.size() ? FIRST.get(faults) : any());
            }
            System.out.println("Cluster: " + faults + " faults");
            Verdict verdict = run.verdict();
            assertThat(verdict.redeemed()).isPositive();
            assertThat(verdict.faults()).isEmpty();
        }
    }

    @Test
    void anAsynchronousClusterLosesWhatRevokeAllVoids() throws Exception {
        try (PatroniCluster cluster = new PatroniCluster(directory, false);
                ClusterRun run = new ClusterRun(directory, cluster.urls(), cluster.urlsOfNodes())) {
            ClusterFault.PRIMARY_CUT_OFF.befall(cluster, run.nodes(), random);
            cluster.awaitHealthy();
            run.nodes().command("revoke", "all");
            Verdict verdict = run.verdict();
            List<String> lost = verdict.faults().stream()
                    .filter(fault -> fault.contains("is lost"))
                    .toList();
            System.out.println("Cluster: asynchronous, " + lost.size() + " redemptions lost in the failover");
            assertThat(lost).isNotEmpty();
            assertThat(verdict.faults()).noneMatch(fault -> fault.contains("times"));
        }
    }

    private ClusterFault any() {
        return ALL.get(random.nextInt(ALL.size()));
    }

    private void upset(ClusterRun run, PatroniCluster cluster, ClusterFault fault) throws Exception {
        run.upset(fault.name(), () -> {
            fault.befall(cluster, run.nodes(), random);
            cluster.awaitHealthy();
        });
    }
}
