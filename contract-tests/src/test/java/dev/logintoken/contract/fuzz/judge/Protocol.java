package dev.logintoken.contract.fuzz.judge;

import dev.logintoken.kit.Spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What HTTP itself says of a request, before an operation is asked. */
public final class Protocol {

    /** Media types that ask for JSON, and those that do not. All that is generated is in one of these lists. */
    public static final List<String> TAKES_JSON = List.of(
            "*/*",
            "application/json",
            "APPLICATION/JSON",
            "application/*",
            "text/html, */*;q=0.1",
            "application/json;q=0.5");

    /** Values of Accept that exclude JSON. */
    public static final List<String> TAKES_NO_JSON = List.of(
            "text/html",
            "image/*",
            "application/xml",
            "application/json;q=0",
            "application/json;q=0.0, */*",
            "*/*;q=0");

    /** Values of a header that no parser reads. */
    public static final List<String> UNREADABLE =
            List.of(",,,", "a/b/c", "*/*;q=x", "garbage", "/", ";", "application/", "\"", "a b", "text/\u00e9", "*");

    /** Content types that are JSON. */
    public static final List<String> JSON = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "Application/JSON",
            "text/plain",
            "text/plain;charset=UTF-8");

    /** Content types that are not JSON. */
    public static final List<String> NO_JSON = List.of(
            "application/xml", "text/html", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x");

    /** Content types that may be taken for JSON or not. */
    public static final List<String> AMBIGUOUS_JSON = List.of(
            "application/json; charset=utf-16",
            "application/json; charset=iso-8859-1",
            "application/json; charset=nonsense",
            "application/vnd.api+json",
            "application/*",
            "*/*");

    /** The lines of the spec's description about requests outside of it. */
    private static final Pattern STATUSES = Pattern.compile("(?m)^- ([0-9, ]+): ");

    private Protocol() {}

    /** The statuses of answers to requests outside of the spec, which its description lists. */
    static Set<Integer> statuses(Spec spec) {
        return STATUSES.matcher(spec.document().at("/info/description").asText())
                .results()
                .flatMap(line -> Stream.of(line.group(1).split(", ")))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    /** Returns the right answers that do not depend on the operation; empty if the operation decides. */
    public static Set<ExpectedAnswer> outcomes(Request request) {
        if (request.operation().equals(Contract.NOWHERE)) {
            return Set.of(ExpectedAnswer.general(404));
        }
        String method = request.isHead() ? "GET" : request.method();
        if (method.equals("OPTIONS")) {
            return Set.of(ExpectedAnswer.success(204));
        }
        if (!method.equals(request.operation().method())) {
            return Set.of(ExpectedAnswer.general(405));
        }
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>();
        if (request.operation().hasBody()) {
            List<String> types = request.values("Content-Type");
            boolean unnamed = types.isEmpty() && !request.body().orElse("").isEmpty();
            if (unnamed || types.stream().anyMatch(NO_JSON::contains)) {
                outcomes.add(ExpectedAnswer.general(415));
            }
        }
        if (request.values("Accept").stream().anyMatch(TAKES_NO_JSON::contains)) {
            outcomes.add(ExpectedAnswer.general(406));
        }
        return outcomes;
    }

    /** Returns the right answers of getSystemInfo, by the conditions of the request. */
    public static Set<ExpectedAnswer> systemInfo(Request request) {
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>(Set.of(ExpectedAnswer.success(200)));
        if (!request.values("If-None-Match").isEmpty()) {
            outcomes.add(ExpectedAnswer.success(304));
        }
        if (!request.values("If-Match").isEmpty()
                && request.operation().statuses().contains(412)) {
            outcomes.add(ExpectedAnswer.success(412));
        }
        return outcomes;
    }
}
