package dev.logintoken.contract.fuzz.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Compares answers with what was expected, and with what the spec declares. */
public final class Judge {

    private static final int MANY = 20_000;

    /** A sandbox refuses callers by this. It is no part of the contract. */
    private static final int OF_A_SANDBOX = 403;

    private final Spec spec;

    /** Refusals are the same texts again and again; each is held against the spec once. */
    private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();

    /** The statuses that a broken request may get, as the spec declares them. */
    private final Set<Integer> broken = new TreeSet<>();

    /** Creates a judge by a spec. */
    public Judge(Spec spec) {
        this.spec = spec;
        broken.add(OF_A_SANDBOX);
        broken.addAll(Protocol.statuses(spec));
        spec.operations().keySet().stream()
                .flatMap(operation -> spec.statuses(operation).stream())
                .filter(status -> status >= 400 && status < 500)
                .forEach(broken::add);
    }

    /** What is wrong with an answer; nothing if all is well. */
    public List<String> faults(Request request, Set<ExpectedAnswer> expected, Answer answer) {
        List<String> faults = new ArrayList<>();
        ExpectedAnswer outcome = outcome(answer, request.isHead());
        if (expected.stream().noneMatch(each -> matches(each, request, outcome, answer))) {
            faults.add("expected " + expected + ", but was " + outcome);
        }
        if (answer.requestId().isEmpty()) {
            faults.add("the header X-Request-Id is missing");
        }
        boolean outside = outcome.isGeneral()
                || (request.isHead() && expected.contains(ExpectedAnswer.general(answer.status())))
                || !Protocol.outcomes(request).isEmpty();
        faults.addAll(outside ? general(request, answer) : declared(request, answer));
        return faults;
    }

    /** What is wrong with an answer to what is no request; nothing if all is well. */
    public List<String> brokenFaults(Answer answer) {
        List<String> faults = new ArrayList<>();
        int status = answer.status();
        if (!broken.contains(status)) {
            faults.add("a broken request got " + status);
        } else {
            envelope(answer, faults);
        }
        return faults;
    }

    /** Whether it is an answer that the request could have got if it were none that is broken. */
    public boolean isDeclared(Request sound, Answer answer) {
        return answer.status() < 500
                && sound.operation().statuses().contains(answer.status())
                && declared(sound, answer).isEmpty();
    }

    /** What an answer came to. */
    static ExpectedAnswer outcome(Answer answer, boolean head) {
        Set<String> codes = new TreeSet<>();
        if (answer.status() >= 400 && !head) {
            json(answer.body()).path("errors").fieldNames().forEachRemaining(codes::add);
        }
        return new ExpectedAnswer(answer.status(), codes, Map.of());
    }

    private static boolean matches(ExpectedAnswer expected, Request request, ExpectedAnswer outcome, Answer answer) {
        if (expected.equals(ExpectedAnswer.DECLARED)) {
            return request.operation().statuses().contains(answer.status()) && answer.status() < 500;
        }
        if (expected.status() != outcome.status()) {
            return false;
        }
        if (request.isHead()) {
            return true;
        }
        return expected.codes().equals(outcome.codes())
                && (expected.fields().isEmpty() || hasFields(expected.fields(), json(answer.body())));
    }

    private static boolean hasFields(Map<String, String> fields, JsonNode body) {
        return fields.entrySet().stream()
                .allMatch(field -> body.path(field.getKey()).asText().equals(field.getValue()));
    }

    private List<String> declared(Request request, Answer answer) {
        Exchange exchange = new Exchange(
                request.isHead() ? "HEAD" : request.operation().method(),
                request.operation().path(),
                "",
                answer.status(),
                inLowerCase(answer),
                answer.body());
        if (answer.status() < 400) {
            return spec.faults(exchange);
        }
        // All that the verdict depends on, but for the id, whose form is checked by its line in the log.
        String key = request.operation().id()
                + request.isHead()
                + answer.status()
                + answer.header("Content-Type")
                + answer.header("Cache-Control")
                + answer.header("Retry-After")
                + answer.requestId().isPresent()
                + answer.body();
        if (bodies.size() > MANY) {
            bodies.clear();
        }
        return bodies.computeIfAbsent(key, any -> spec.faults(exchange));
    }

    /** The headers with the media type in lower case: it means the same in any (RFC 9110, 8.3.1). */
    private static Map<String, List<String>> inLowerCase(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers());
        answer.header("Content-Type")
                .ifPresent(type -> headers.put("content-type", List.of(type.toLowerCase(Locale.ROOT))));
        return headers;
    }

    /** The general error, for what lies outside of the contract. */
    private List<String> general(Request request, Answer answer) {
        List<String> faults = new ArrayList<>();
        boolean allows = answer.header("Allow")
                .filter(allow -> allow.contains(request.operation().method()))
                .isPresent();
        if ((answer.status() == 405 || answer.status() == 204) && !allows) {
            faults.add("the header Allow does not name the method");
        }
        if (answer.status() == 503 && answer.header("Retry-After").isEmpty()) {
            faults.add("the header Retry-After is missing");
        }
        if (!answer.header("Cache-Control").equals(Optional.of("no-store"))) {
            faults.add("the header Cache-Control is not no-store");
        }
        if (answer.status() >= 400 && !request.isHead()) {
            envelope(answer, faults);
        }
        return faults;
    }

    private void envelope(Answer answer, List<String> faults) {
        if (answer.header("Content-Type")
                .filter("application/json"::equalsIgnoreCase)
                .isEmpty()) {
            faults.add("the media type is " + answer.header("Content-Type"));
        }
        JsonNode body = json(answer.body());
        if (!body.path("errors").isObject()) {
            faults.add("the body is no envelope: " + answer.body());
        }
        faults.addAll(spec.catalogFaults(body));
    }

    private static JsonNode json(String text) {
        try {
            return Spec.JSON.readTree(text);
        } catch (IOException e) {
            return Spec.JSON.missingNode();
        }
    }
}
