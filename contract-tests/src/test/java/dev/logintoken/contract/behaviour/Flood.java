package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.kit.Exchange;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Wrong passwords as fast as they are answered, from everywhere, and many connections that send a body byte by byte. */
final class Flood implements AutoCloseable {

    private static final int CALLERS_OF_A_KIND = 3;
    private static final int BYTE_EVERY_MILLIS = 2_000;
    private static final String SLOW = "POST /api/v1/authenticate HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";

    private final URI service;
    private final String username;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private volatile boolean over;

    /**
     * Opens the slow connections, and begins.
     *
     * @param username of the partner whose password is guessed
     * @param slow how many connections are kept busy
     */
    Flood(URI service, String username, int slow) {
        this.service = service;
        this.username = username;
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < slow; i++) {
            open(sockets);
        }
        for (int i = 0; i < CALLERS_OF_A_KIND; i++) {
            start(api -> guess(api, username, address()));
            start(api -> guess(api, username, "203.0.113.9"));
            start(api -> guess(api, "stranger" + number(), address()));
            start(api -> count("login", api.login(number() + "@example.com", "wrong-password")));
        }
        run(() -> sendSlowly(sockets, slow));
    }

    /** How often each kind of attempt got each status. */
    Map<String, AtomicInteger> answers() {
        return answers;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void guess(Api api, String name, String address) {
        count(
                name.equals(username) ? "authenticate" : "authenticate as a stranger",
                api.post(
                        "/api/v1/authenticate",
                        Map.of("username", name, "password", "wrong" + number()),
                        "X-Forwarded-For",
                        address));
    }

    private void count(String kind, Exchange answer) {
        answers.computeIfAbsent(kind + " " + answer.status(), any -> new AtomicInteger())
                .incrementAndGet();
    }

    private void start(Consumer<Api> attempt) {
        run(() -> {
            Api api = new Api(service);
            while (!over) {
                attempt.accept(api);
            }
        });
    }

    private void run(Runnable work) {
        Thread thread = new Thread(work, "flood");
        threads.add(thread);
        thread.start();
    }

    /** The service closes them after a while; then others take their place. */
    private void sendSlowly(List<Socket> sockets, int count) {
        while (!over) {
            sockets.removeIf(socket -> !send(socket, " "));
            while (!over && sockets.size() < count) {
                open(sockets);
            }
            pause();
        }
        sockets.forEach(Flood::close);
    }

    private void open(List<Socket> sockets) {
        try {
            Socket socket = new Socket(service.getHost(), service.getPort());
            if (send(socket, SLOW)) {
                sockets.add(socket);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The service takes no connection", e);
        }
    }

    private static boolean send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            close(socket);
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pause() {
        for (int i = 0; i < BYTE_EVERY_MILLIS / 100 && !over; i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                over = true;
            }
        }
    }

    private static String address() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "198.18." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private static long number() {
        return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }
}
