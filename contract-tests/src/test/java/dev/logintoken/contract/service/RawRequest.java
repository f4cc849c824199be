package dev.logintoken.contract.service;

import dev.logintoken.kit.Exchange;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests that no HTTP library would send, written to a socket as they stand, in ISO 8859-1. */
public final class RawRequest {

    private static final int PATIENCE_MILLIS = 30_000;

    private RawRequest() {}

    /**
     * Sends a request and reads until the service closes the connection.
     *
     * @param line its method and target, such as {@code GET /docs}
     * @param headers whole header lines, besides {@code Host}, which may be among them, and {@code Connection}
     */
    public static Exchange send(URI service, String line, String body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        if (lines.stream().noneMatch(header -> header.startsWith("Host:"))) {
            lines.add("Host: localhost");
        }
        lines.add("Connection: close");
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.length());
        }
        String text = line + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + body;
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return read(line, body, answer);
        }
    }

    private static Exchange read(String line, String body, String answer) {
        String[] parts = answer.split("\r\n\r\n", 2);
        Map<String, List<String>> headers = new TreeMap<>();
        parts[0].lines()
                .skip(1)
                .map(header -> header.split(": ?", 2))
                .forEach(
                        header -> headers.computeIfAbsent(header[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                                .add(header[1]));
        String[] request = line.split(" ", 2);
        return new Exchange(
                request[0], request[1], body, Integer.parseInt(parts[0].split(" ", 3)[1]), headers, parts[1]);
    }
}
