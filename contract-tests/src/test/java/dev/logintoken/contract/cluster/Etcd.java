package dev.logintoken.contract.cluster;

import java.io.IOException;

import static dev.logintoken.contract.cluster.ClusterHosts.SIZE;
import static dev.logintoken.contract.cluster.ClusterHosts.address;
import static dev.logintoken.contract.cluster.ClusterHosts.each;
import static dev.logintoken.contract.cluster.ClusterHosts.name;

/** The members of etcd in which Patroni keeps who the primary is, one on each host. */
final class Etcd {

    private final ClusterHosts hosts;
    private final Process[] members = new Process[SIZE];

    /** Starts a member on each host. */
    Etcd(ClusterHosts hosts) throws IOException {
        this.hosts = hosts;
        for (int i = 0; i < SIZE; i++) {
            start(i);
        }
    }

    /** Starts a member, with what it had. */
    void start(int member) throws IOException {
        String client = "http://" + address(member) + ":2379";
        String peer = "http://" + address(member) + ":2380";
        members[member] = hosts.startOn(
                member,
                "etcd",
                "etcd",
                "--name=" + name(member),
                "--enable-v2=true",
                "--data-dir=" + hosts.directory(member).resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=" + each(i -> name(i) + "=http://" + address(i) + ":2380", ","));
    }

    /** Ends a member as a power failure would. */
    void kill(int member) throws InterruptedException {
        members[member].destroyForcibly().waitFor();
    }

    /** The process of a member. */
    ProcessHandle process(int member) {
        return members[member].toHandle();
    }
}
