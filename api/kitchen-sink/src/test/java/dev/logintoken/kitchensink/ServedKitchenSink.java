package dev.logintoken.kitchensink;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.logintoken.server.contract.ContractFeature;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The spec beside this: stubs generated with the product's templates and served as the product serves its own. The
 * operations are those of {@link Things}.
 */
abstract class ServedKitchenSink {

    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                new ResourceConfig()
                        .addProperties(ContractFeature.PROPERTIES)
                        .register(new ContractFeature())
                        .register(MultiPartFeature.class)
                        .register(new Things()));
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    static HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    static HttpResponse<String> create(String body) throws Exception {
        return send("POST", "/api/v1/things", body, "Content-Type", "application/json");
    }

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return ContractFeature.JSON.readTree(answer.body());
    }

    static JsonNode assertRefused(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.body()).contains("\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
        return ContractFeature.JSON.readTree(answer.body()).at("/errors/" + code);
    }
}
