package dev.logintoken.contract.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.fuzz.judge.Answer;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Judge;
import dev.logintoken.contract.fuzz.judge.Ledger;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.judge.Wire;
import dev.logintoken.contract.fuzz.oracle.Oracle;
import dev.logintoken.contract.fuzz.oracle.World;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends requests one after the other, over one connection as long as that lasts, and has each answer judged. */
final class Lane implements AutoCloseable {

    /** In octets. Tomcat and Jetty refuse a larger request line and headers by themselves, unless they are configured. */
    private static final int MAX_HEAD_OF_EVERY_CONTAINER = 8 * 1024;

    private final Target target;
    private final Oracle oracle;
    private final Judge judge;
    private final Ledger ledger;
    private final FuzzReport report;
    private Optional<Wire> open = Optional.empty();
    private String scenario = "";

    Lane(Target target, Oracle oracle, Judge judge, Ledger ledger, FuzzReport report) {
        this.target = target;
        this.oracle = oracle;
        this.judge = judge;
        this.ledger = ledger;
        this.report = report;
    }

    /** Names what is sent from now on, for the report. */
    void begin(String name) {
        scenario = name;
    }

    /** Sends a request and has its answer judged; there is none if the connection failed. */
    Optional<Answer> send(Request request) {
        return send(request, oracle.expect(request), Duration.ZERO);
    }

    /** Sends a request that must come to one of these outcomes. */
    Optional<Answer> send(Request request, Set<ExpectedAnswer> expected) {
        return send(request, expected, Duration.ZERO);
    }

    /** The same with pauses between its parts. */
    Optional<Answer> sendSlowly(Request request, Duration pause) {
        return send(request, oracle.expect(request), pause);
    }

    private Optional<Answer> send(Request request, Set<ExpectedAnswer> expected, Duration pause) {
        Optional<Answer> answer = Optional.empty();
        for (int attempt = 0; answer.isEmpty() && attempt < 2; attempt++) {
            boolean reused = open.isPresent();
            try {
                Wire wire = wire();
                transmit(wire, request.octets(), pause);
                answer = Optional.of(wire.read(request.isHead()));
            } catch (SocketTimeoutException e) {
                close();
                fault(request, "no answer within " + Wire.DEADLINE.toSeconds() + " s");
                return Optional.empty();
            } catch (IOException e) {
                close();
                // A server may end a connection that was silent, and that it was about to say shows only now.
                if (!reused) {
                    fault(request, "no answer: " + e.getMessage());
                    return Optional.empty();
                }
                report.repeated();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        answer.ifPresent(each -> judge(request, expected, each));
        return answer;
    }

    private static void transmit(Wire wire, String octets, Duration pause) throws IOException, InterruptedException {
        if (pause.isZero()) {
            wire.send(octets);
            return;
        }
        int part = octets.length() / 4 + 1;
        for (int at = 0; at < octets.length(); at += part) {
            if (at > 0) {
                Thread.sleep(pause.toMillis());
            }
            wire.send(octets.substring(at, Math.min(octets.length(), at + part)));
        }
    }

    /** Sends requests all at once; they are answered in their order. */
    void pipeline(List<Request> requests) {
        List<Set<ExpectedAnswer>> expected =
                requests.stream().map(oracle::expect).toList();
        try {
            close();
            Wire wire = wire();
            StringBuilder octets = new StringBuilder();
            requests.forEach(request -> octets.append(request.octets()));
            wire.send(octets.toString());
            boolean closes = false;
            for (int i = 0; i < requests.size() && !closes; i++) {
                Answer answer = wire.read(requests.get(i).isHead());
                closes = answer.closes();
                judge(requests.get(i), expected.get(i), answer);
            }
        } catch (IOException e) {
            close();
            fault(requests.get(0), "a pipeline of " + requests.size() + " broke: " + e);
        }
    }

    /** Sends what is no request, on a connection of its own, and reads all answers to it. */
    void sendBroken(String octets, Request sound) {
        report.sent("broken");
        try (Wire wire = new Wire(target.url())) {
            wire.send(octets);
            wire.finish();
            while (true) {
                Answer answer = wire.read(false);
                boolean ours = isOurs(answer);
                answer.requestId().ifPresent(id -> ledger.answered(id, answer, !ours));
                report.answered(answer);
                if (ours) {
                    List<String> faults = judge.brokenFaults(answer);
                    if (!faults.isEmpty() && !judge.isDeclared(sound, answer) && !isMeantToFail(sound, answer)) {
                        report.fault(scenario, faults, octets, answer.toString());
                    }
                }
            }
        } catch (SocketTimeoutException e) {
            report.fault(scenario, List.of("neither an answer nor an end"), octets, "");
        } catch (IOException e) {
            // The connection is closed, after the answers or instead of one.
        }
    }

    /** Makes a fact true in the sandbox, and answers its values. */
    JsonNode state(String state) {
        return state(state, "setup");
    }

    /** Takes back what was made for a fact. */
    void forget(String state) {
        state(state, "teardown");
    }

    private JsonNode state(String state, String action) {
        URI url = target.url();
        report.sent("provider state");
        try (Wire wire = new Wire(url)) {
            String body = Bodies.of("state", state, "action", action);
            wire.send("POST " + url.getPath() + "/_pact/provider-states HTTP/1.1\r\nHost: " + url.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            Answer answer = wire.read(false);
            answer.requestId().ifPresent(id -> ledger.answered(id, answer, false));
            if (answer.status() != 200) {
                report.fault(scenario, List.of("no provider state"), body, answer.toString());
            }
            return Scenarios.json(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether the application gave an answer. What a container refuses by itself is answered in its words, even over an
     * answer of ours that is in the log already.
     */
    private boolean isOurs(Answer answer) {
        return !target.container()
                || answer.header("Content-Type")
                        .filter("application/json"::equalsIgnoreCase)
                        .isPresent();
    }

    /** Whether the service fails because the request asked for it. */
    private static boolean isMeantToFail(Request sound, Answer answer) {
        return answer.status() == 500 && sound.values("X-Api-Key").contains(World.FAILURE_KEY);
    }

    /** Sends a part of a request and goes away. */
    void abandon(String octets) {
        report.sent("abandoned");
        try (Wire wire = new Wire(target.url())) {
            wire.send(octets);
        } catch (IOException e) {
            // Nobody waits for an answer.
        }
    }

    private void judge(Request request, Set<ExpectedAnswer> expected, Answer answer) {
        report.sent(request.operation().id());
        report.answered(answer);
        answer.requestId().ifPresent(id -> ledger.answered(id, answer, request.isHead()));
        if (isOurs(answer) || request.headLength() < MAX_HEAD_OF_EVERY_CONTAINER) {
            List<String> faults = judge.faults(request, expected, answer);
            if (!faults.isEmpty()) {
                report.fault(scenario, faults, request.octets(), answer.toString());
            }
        }
        if (answer.closes()
                || !request.version().equals("HTTP/1.1")
                || request.values("Connection").contains("close")) {
            close();
        }
    }

    /** Something that is not as it should be after a request. */
    void fault(Request request, String what) {
        report.fault(scenario, List.of(what), request.octets(), "");
    }

    private Wire wire() throws IOException {
        if (open.isEmpty()) {
            open = Optional.of(new Wire(target.url()));
        }
        return open.get();
    }

    @Override
    public void close() {
        open.ifPresent(Wire::close);
        open = Optional.empty();
    }
}
