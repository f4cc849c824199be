package dev.logintoken.contract.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;

import static dev.logintoken.contract.cluster.ClusterHosts.SIZE;
import static dev.logintoken.contract.cluster.ClusterHosts.address;
import static dev.logintoken.contract.cluster.ClusterHosts.name;

/** Patroni's REST API, which each node offers at port 8008. */
final class PatroniApi {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    /** Returns the nodes whose health check at a path answers 200. */
    IntStream nodes(String path) {
        return IntStream.range(0, SIZE).filter(node -> status(node, path) == 200);
    }

    /** Asks the primary to hand its role to another node. */
    void switchOver(int primary) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(primary, "/switchover"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"leader\":\"" + name(primary) + "\"}"))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("switchover: " + answer.statusCode() + " " + answer.body());
        }
    }

    private int status(int node, String path) {
        HttpRequest request = HttpRequest.newBuilder(uri(node, path))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(int node, String path) {
        return URI.create("http://" + address(node) + ":8008" + path);
    }
}
