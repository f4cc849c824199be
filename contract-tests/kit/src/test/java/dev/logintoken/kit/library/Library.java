package dev.logintoken.kit.library;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A second API, of another domain: it shows a book and lends it. */
final class Library implements AutoCloseable {

    private static final String ISBN = "9780131103627";

    private final HttpServer server;

    Library() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/books/", this::book);
        server.createContext("/loans", this::lend);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void book(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith("/" + ISBN)) {
            answer(exchange, 200, "json", "{\"isbn\":\"" + ISBN + "\",\"title\":\"The C Programming Language\"}");
        } else {
            answer(exchange, 404, "problem+json", "{\"title\":\"No such book\"}");
        }
    }

    private void lend(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "/loans/1");
        exchange.sendResponseHeaders(201, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/" + type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
