package dev.logintoken.contract.cluster;

import dev.logintoken.contract.client.Nodes;

import java.util.List;
import java.util.Random;

/** What befalls a cluster or the nodes of the service; each ends with everything up again. */
enum ClusterFault {
    /** The primary's host loses its power. It comes back once another node was elected. */
    PRIMARY_KILLED {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            int primary = cluster.primary().orElseThrow();
            cluster.killNode(primary);
            awaitAnotherPrimary(cluster, primary);
            cluster.startNode(primary);
        }
    },
    /** An operator hands the primary's role to another node. */
    SWITCHOVER {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            cluster.switchOver();
        }
    },
    /** The primary reaches neither the other databases nor their etcd, but the service still reaches it. */
    PRIMARY_CUT_OFF {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            part(cluster, random, cluster.hosts()::cutOff, cluster.hosts()::reconnect);
        }
    },
    /** Nobody reaches the primary any more, and it reaches nobody; no packet is refused, all are lost. */
    PRIMARY_ISOLATED {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            part(cluster, random, cluster.hosts()::isolate, cluster.hosts()::join);
        }
    },
    /** The primary's host stands still until another node was elected, and goes on as if nothing had been. */
    PRIMARY_FROZEN {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            int primary = cluster.primary().orElseThrow();
            cluster.freeze(primary);
            try {
                awaitAnotherPrimary(cluster, primary);
                Thread.sleep(random.nextInt(MAX_DELAY_MILLIS));
            } finally {
                cluster.thaw(primary);
            }
        }
    },
    /** A replica's host loses its power. */
    REPLICA_KILLED {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            int replica = cluster.replica();
            cluster.killNode(replica);
            pause(5 + random.nextInt(10));
            cluster.startNode(replica);
        }
    },
    /** Two of three members of etcd are lost, and come back. */
    ETCD_MAJORITY_LOST {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            int survivor = random.nextInt(ClusterHosts.SIZE);
            List<Integer> lost = List.of((survivor + 1) % ClusterHosts.SIZE, (survivor + 2) % ClusterHosts.SIZE);
            for (int member : lost) {
                cluster.etcd().kill(member);
            }
            pause(5 + random.nextInt(30));
            for (int member : lost) {
                cluster.etcd().start(member);
            }
        }
    },
    /** A node of the service loses its power. */
    SERVICE_KILLED {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            int node = random.nextInt(nodes.count());
            nodes.kill(node);
            nodes.restart(node);
        }
    },
    /** A node of the service is started with a clock that is 20 seconds ahead, and later with the right one. */
    CLOCK_AHEAD {
        @Override
        void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception {
            int node = random.nextInt(nodes.count());
            nodes.kill(node);
            nodes.restartUnder(node, AHEAD);
            pause(15);
            nodes.kill(node);
            nodes.restart(node);
        }
    };

    private static final int MAX_DELAY_MILLIS = 2500;

    /**
     * Sets a process's clock ahead. The command {@code faketime} would be its parent and outlive it. By default the library
     * also lets the JVM's timed waits return at once, so that all threads spin.
     */
    private static final List<String> AHEAD = List.of(
            "env",
            "LD_PRELOAD=/usr/$LIB/faketime/libfaketimeMT.so.1",
            "FAKETIME=+20s",
            "FAKETIME_DONT_FAKE_MONOTONIC=1",
            "FAKETIME_FORCE_MONOTONIC_FIX=0");

    /** Lets it happen, and waits until everything has been started again. */
    abstract void befall(PatroniCluster cluster, Nodes nodes, Random random) throws Exception;

    /** Something that is done to a host of the cluster. */
    @FunctionalInterface
    private interface Change {
        void of(int host) throws Exception;
    }

    /**
     * Parts the primary from the others until another node was elected and it has become a replica. Then it comes back at a
     * random moment of a few seconds in which it tries to renew its lock, and must not get it.
     */
    private static void part(PatroniCluster cluster, Random random, Change apart, Change together) throws Exception {
        int primary = cluster.primary().orElseThrow();
        apart.of(primary);
        try {
            awaitAnotherPrimary(cluster, primary);
            if (cluster.takesWrites(primary)) {
                throw new AssertionError("The primary goes on taking writes while it reaches no other node.");
            }
            cluster.awaitReplica(primary);
            Thread.sleep(random.nextInt(MAX_DELAY_MILLIS));
        } finally {
            together.of(primary);
        }
    }

    private static void awaitAnotherPrimary(PatroniCluster cluster, int former) throws InterruptedException {
        for (int tenths = 0; tenths < 1200; tenths++) {
            int primary = cluster.primary().orElse(former);
            if (primary != former) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("No other node has become the primary in two minutes.");
    }

    private static void pause(int seconds) throws InterruptedException {
        Thread.sleep(seconds * 1000L);
    }
}
