package dev.logintoken.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between a verifier and the service and remembers every exchange. Unless told otherwise it changes nothing but
 * the context path, which it adds.
 */
public final class RecordingProxy implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "expect", "date");

    private final HttpServer server;

    /** HTTP/1.1 only: a container may offer HTTP/2, which a client of the proxy does not know. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI target;
    private final String printedTarget;
    private final ConcurrentLinkedQueue<Exchange> seen = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Exchange answer;
    private volatile String request = "";

    /** Starts a proxy before a service. */
    public RecordingProxy(URI target) throws IOException {
        this(target, target.toString());
    }

    /**
     * Starts a proxy before a service that will be gone when somebody reads of its requests.
     *
     * @param printedTarget the base URL in {@link #lastRequest()}
     */
    public RecordingProxy(URI target, String printedTarget) throws IOException {
        this.target = target;
        this.printedTarget = printedTarget;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::forward);
        server.start();
    }

    /** Returns the port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The exchanges since the last call. */
    public List<Exchange> drain() {
        List<Exchange> drained = new ArrayList<>();
        for (Exchange exchange = seen.poll(); exchange != null; exchange = seen.poll()) {
            drained.add(exchange);
        }
        return drained;
    }

    /** Returns the last request as a line for a shell; it is empty if there was none since the last call. */
    public String lastRequest() {
        String last = request;
        request = "";
        return last;
    }

    /** Gives this answer to whatever is asked; null to let the service answer. */
    public void answerWith(@Nullable Exchange answer) {
        this.answer = answer;
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            request = Curl.line(
                    exchange.getRequestMethod(),
                    printedTarget + exchange.getRequestURI(),
                    headers(exchange),
                    new String(sent, StandardCharsets.UTF_8));
            Exchange set = answer;
            Exchange passed = set == null ? ask(exchange, sent) : set;
            seen.add(passed);
            passed.headers().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = passed.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(passed.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The headers of a request that are meant for the service. */
    private static Map<String, List<String>> headers(HttpExchange exchange) {
        Map<String, List<String>> headers = new TreeMap<>(exchange.getRequestHeaders());
        headers.keySet().removeIf(name -> OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)));
        return headers;
    }

    private Exchange ask(HttpExchange exchange, byte[] sent) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(sent));
        headers(exchange).forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return Exchange.of(
                exchange.getRequestURI().getRawPath(),
                new String(sent, StandardCharsets.UTF_8),
                client.send(request.build(), BodyHandlers.ofString()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
