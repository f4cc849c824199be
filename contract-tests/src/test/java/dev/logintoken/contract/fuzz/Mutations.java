package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.fuzz.judge.Contract;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.FuzzTexts;
import dev.logintoken.contract.fuzz.judge.Ledger;
import dev.logintoken.contract.fuzz.judge.Protocol;
import dev.logintoken.contract.fuzz.judge.Request;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Changes requests in ways that leave them requests: method, target, headers. */
final class Mutations {

    private static final ExpectedAnswer UNREADABLE = ExpectedAnswer.general(400);

    private final URI service;
    private final boolean container;
    private final Dice dice;

    Mutations(Target target, Dice dice) {
        this.service = target.url();
        this.container = target.container();
        this.dice = dice;
    }

    Request mutate(Request request) {
        return switch (dice.below(9)) {
            case 0 -> method(request);
            case 1 -> target(request);
            case 2 -> accept(request);
            case 3 -> contentType(request);
            case 4 -> request.withFraming(Request.Framing.CHUNKED);
            case 5 -> protocol(request);
            case 6 -> condition(request);
            case 7 -> order(request);
            default -> {
                String name =
                        dice.pick(Request.HARMLESS.keySet().stream().sorted().toList());
                yield request.plus(name, Request.HARMLESS.getOrDefault(name, ""));
            }
        };
    }

    private Request method(Request request) {
        // Tomcat and its like refuse TRACE before any application is asked: theirs is not our answer.
        String method =
                dice.any("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", container ? "PUT" : "TRACE", "POST", "GET");
        return request.withMethod(method);
    }

    private Request target(Request request) {
        if (request.operation().equals(Contract.NOWHERE)) {
            return request;
        }
        String path = request.operation().path();
        String base = service.getPath();
        ExpectedAnswer nothing = ExpectedAnswer.general(404);
        return switch (dice.below(11)) {
            case 0 -> request.withTarget(base + path + "?a=b&token=" + Ledger.CANARY);
            case 1 -> request.withTarget(base + path + "?%0d%0a" + Ledger.CANARY);
            case 2 -> request.withTarget("http://" + service.getAuthority() + base + path);
            case 3 -> request.withTarget(base + path + "/").or(nothing);
            case 4 -> request.withTarget(base + path.replaceFirst("v1", "v%31")).or(nothing);
            case 5 ->
                request.withTarget(base + path.replaceFirst("user", "us%65r")).or(nothing);
            case 6 -> request.withTarget(base + path + "?");
            case 7 -> nowhere(request, base + path.toUpperCase(java.util.Locale.ROOT));
            case 8 -> nowhere(request, base + path + "/" + Ledger.CANARY);
            case 9 -> nowhere(request, base + "/api/v2" + path.substring(7));
            default -> nowhere(request, base + "/api/" + dice.alphanumeric(5));
        };
    }

    /** A path where nothing is, with whatever method. */
    private static Request nowhere(Request request, String target) {
        return request.at(Contract.NOWHERE).withTarget(target);
    }

    private Request accept(Request request) {
        if (dice.onceIn(3)) {
            return request.with("Accept", dice.pick(Protocol.UNREADABLE)).or(UNREADABLE, ExpectedAnswer.general(406));
        }
        return request.with("Accept", dice.pick(dice.onceIn(3) ? Protocol.TAKES_NO_JSON : Protocol.TAKES_JSON));
    }

    private Request contentType(Request request) {
        ExpectedAnswer unknown = ExpectedAnswer.general(415);
        return switch (dice.below(6)) {
            case 0 ->
                request.with("Content-Type", dice.pick(Protocol.UNREADABLE)).or(UNREADABLE, unknown);
            case 1 -> request.plus("Content-Type", "application/json").or(UNREADABLE, unknown);
            case 2 ->
                request.with("Content-Type", dice.pick(Protocol.AMBIGUOUS_JSON))
                        .or(unknown, UNREADABLE, ExpectedAnswer.refusal("ER900"));
            case 3 -> request.without("Content-Type");
            case 4 -> request.with("Content-Type", dice.pick(Protocol.NO_JSON));
            default -> request.with("Content-Type", dice.pick(Protocol.JSON));
        };
    }

    private Request protocol(Request request) {
        return switch (dice.below(7)) {
            case 0 -> request.withVersion("HTTP/1.0").withFraming(Request.Framing.LENGTH);
            case 1 -> request.with("Connection", "close");
            case 2 -> request.body().isEmpty() ? request : request.with("Expect", "100-continue");
            case 3 ->
                request.plus(
                                dice.any(
                                        "X-Forwarded-For",
                                        "Forwarded",
                                        "X-Forwarded-Proto",
                                        "X-Forwarded-Host",
                                        "X-Forwarded-Port",
                                        "X-Proxied-Https"),
                                dice.any(
                                        "203.0.113.9",
                                        "a b",
                                        "localhost",
                                        "for=\"[::1]\"",
                                        Ledger.FORGED,
                                        "1234",
                                        "on",
                                        ""))
                        // A sandbox answers to nobody but the machine it runs on.
                        .or(ExpectedAnswer.general(403), UNREADABLE);
            case 4 -> request.plus("X-Http-Method-Override", "DELETE");
            case 5 ->
                request.plus("Content-Encoding", "gzip")
                        .or(ExpectedAnswer.general(415), UNREADABLE, ExpectedAnswer.refusal("ER900"));
            default -> request.with("X-Request-Id", requestId());
        };
    }

    private String requestId() {
        return dice.any(
                "", "with space", "<script>", Ledger.FORGED, "a".repeat(65), FuzzTexts.utf8("\u00e9"), "a,b", "a\tb");
    }

    private Request condition(Request request) {
        String name = dice.any("If-None-Match", "If-Match", "If-Range", "If-Unmodified-Since");
        return request.plus(
                name,
                dice.any(
                        "garbage",
                        "\"x\"",
                        "*",
                        "W/\"x\"",
                        "\"a\", \"b\"",
                        "",
                        ",",
                        "\"",
                        "\"x\" \"y\"",
                        Ledger.FORGED));
    }

    /** The same lines in another order, though not of one name. */
    private Request order(Request request) {
        List<Request.Header> headers = new ArrayList<>(request.headers());
        headers.sort(java.util.Comparator.comparing(
                header -> header.name().hashCode() ^ request.target().hashCode()));
        return request.withHeaders(headers);
    }
}
