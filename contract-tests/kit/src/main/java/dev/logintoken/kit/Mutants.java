package dev.logintoken.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Alters one fact of a real answer, in every way that the answer has room for. */
public final class Mutants {

    private static final String PAGE = "<!doctype html><title>Error</title><h1>Error</h1>";

    private static final Pattern DECLARED_PAGE = Pattern.compile("(https?://.+/)([^/?]+)()");
    private static final Pattern DECLARED_REGION = Pattern.compile("(https?://[^?]+/)([a-z]{2}-[a-z]{2})(/.+)");

    private final Spec spec;
    private final Exchange answer;
    private final String operation;
    private final JsonNode body;
    private final MutantList mutants;

    private Mutants(Spec spec, Exchange answer) {
        this.spec = spec;
        this.answer = answer;
        this.operation = spec.operationId(answer).orElseThrow();
        this.mutants = new MutantList(answer);
        this.body = mutants.body();
    }

    /** Returns the mutants of an answer within the contract. */
    public static List<Mutant> of(Spec spec, Exchange answer) {
        Mutants mutants = new Mutants(spec, answer);
        mutants.alterStatus();
        mutants.alterHeaders();
        if (!mutants.body.isMissingNode()) {
            mutants.alterBody();
            mutants.alterFields("", mutants.body);
            mutants.alterErrors();
        }
        return mutants.mutants.all();
    }

    private void alterStatus() {
        for (int status : spec.statuses(operation)) {
            // An answer without a body would differ in a second fact.
            if (status != answer.status() && status != 204 && status != 304) {
                mutants.add("another declared status", status, answer.headers(), answer.body());
            }
        }
        mutants.add("a status that is not declared", 418, answer.headers(), answer.body());
    }

    private void alterHeaders() {
        spec.requiredHeaders(answer).forEach(name -> {
            mutants.header("a header missing", name, null);
            mutants.header("a header empty", name, "");
        });
        if (answer.header("Cache-Control").orElse("").equals("no-store")) {
            mutants.header("no-store lost", "Cache-Control", "private, max-age=60");
        }
        if (answer.header("Retry-After").isPresent()) {
            mutants.header("a date to retry after", "Retry-After", "Thu, 06 Jun 2019 16:16:16 GMT");
            mutants.header("no time to wait", "Retry-After", "0");
        }
        if (answer.header("ETag").isPresent()) {
            mutants.header("a tag without quotes", "ETag", "tag");
        }
        if (!answer.body().isEmpty()) {
            mutants.header("another media type", "Content-Type", "application/problem+json");
            mutants.header("HTML by name", "Content-Type", "text/html");
        }
    }

    private void alterBody() {
        mutants.add("a page of HTML", answer.status(), mutants.headersWith("Content-Type", "text/html"), PAGE);
        mutants.body("HTML that claims to be JSON", "", PAGE);
        mutants.body("no body", "", "");
        mutants.body("half a body", "", answer.body().substring(0, answer.body().length() / 2));
        mutants.body("something after the body", "", answer.body() + "}");
        mutants.body("a field twice", "", answer.body().replaceFirst("\\{(\"\\w+\":)", "{$1null,$1"));
        mutants.body("the body in a list", "", "[" + answer.body() + "]");
        mutants.body("the body in quotes", "", TextNode.valueOf(answer.body()).toString());
    }

    private void alterFields(String where, JsonNode node) {
        if (node.isObject()) {
            mutants.edit("a field added", where, object -> object.put("added", "by mistake"));
        }
        node.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            String place = where + "/" + name;
            mutants.edit("a field dropped", where, name, object -> object.remove(name));
            mutants.edit("a field renamed", where, name, object -> object.set("its" + name, object.remove(name)));
            mutants.edit("a field null", where, name, object -> object.putNull(name));
            mutants.edit("a field of another type", where, name, object -> object.set(name, retyped(value)));
            if (value.isTextual()) {
                alterText(where, name, value.asText());
            }
            if (value instanceof ArrayNode list) {
                mutants.edit("a list empty", where, name, object -> object.putArray(name));
                mutants.edit("a list without its last item", where, name, object -> {
                    ArrayNode shorter = list.deepCopy();
                    shorter.remove(shorter.size() - 1);
                    object.set(name, shorter);
                });
                mutants.edit(
                        "an item of another type",
                        where,
                        name,
                        object -> object.set(name, list.deepCopy().insert(0, 1)));
                mutants.edit(
                        "an unknown item",
                        where,
                        name,
                        object -> object.set(name, list.deepCopy().insert(0, "unknown")));
            }
            alterFields(place, value);
        });
    }

    private void alterText(String where, String name, String text) {
        mutants.edit("a text empty", where, name, object -> object.put(name, ""));
        mutants.edit("a text with a blank at its end", where, name, object -> object.put(name, text + " "));
        if (text.matches("\\d{4}-\\d\\d-\\d\\dT.+Z")) {
            mutants.edit("a date without Z", where, name, object -> object.put(name, text.replace("Z", "")));
            mutants.edit("a date with fractions", where, name, object -> object.put(name, text.replace("Z", ".000Z")));
            mutants.edit("a date with an offset", where, name, object -> object.put(name, text.replace("Z", "+00:00")));
            mutants.edit("a date in seconds since 1970", where, name, object -> object.put(name, 1_559_837_776L));
        }
        if (text.matches("https?://.+/[^/?]+")) {
            mutants.edit(
                    "the URL of another page",
                    where,
                    name,
                    object -> object.put(name, text.replaceFirst("[^/]+$", "faqs")));
            mutants.edit(
                    "the URL of no page", where, name, object -> object.put(name, text.replaceFirst("/[^/]+$", "")));
            another(DECLARED_PAGE, text)
                    .ifPresent(url -> mutants.edit(
                            "the URL of another declared page", where, name, object -> object.put(name, url)));
        }
        another(DECLARED_REGION, text)
                .ifPresent(url -> mutants.edit(
                        "the URL of another declared region", where, name, object -> object.put(name, url)));
        if (text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            mutants.edit(
                    "another UUID", where, name, object -> object.put(name, "5e3f7a54-0b8e-4d2c-9d0b-2f6c1c7f0a11"));
            mutants.edit("a UUID without hyphens", where, name, object -> object.put(name, text.replace("-", "")));
        }
    }

    /** Returns a URL with its page or region replaced by another one that occurs in the answer, if there is one. */
    private Optional<String> another(Pattern part, String url) {
        Matcher own = part.matcher(url);
        if (!own.matches()) {
            return Optional.empty();
        }
        return texts(body)
                .map(part::matcher)
                .filter(Matcher::matches)
                .map(other -> other.group(2))
                .filter(other -> !other.equals(own.group(2)))
                .findFirst()
                .map(other -> own.group(1) + other + own.group(3));
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isTextual()
                ? Stream.of(node.asText())
                : StreamSupport.stream(node.spliterator(), false).flatMap(Mutants::texts);
    }

    private void alterErrors() {
        Optional<String> other = spec.catalog().keySet().stream()
                .filter(code -> !spec.codes(operation).contains(code))
                .findFirst();
        if (body.path("errors") instanceof ObjectNode errors && other.isPresent()) {
            alterErrors(errors, other.get());
        }
    }

    private void alterErrors(ObjectNode errors, String undeclared) {
        spec.codes(operation).stream().filter(code -> !errors.has(code)).forEach(other -> {
            mutants.edit("an error more", "/errors", object -> sort(object.set(other, spec.entry(other))));
            errors.fieldNames()
                    .forEachRemaining(code -> mutants.edit("another code", "/errors", code, object -> {
                        object.remove(code);
                        sort(object.set(other, spec.entry(other)));
                    }));
        });
        errors.properties().forEach(entry -> {
            String code = entry.getKey();
            String place = "/errors/" + code;
            mutants.edit("a code of other operations", "/errors", code, object -> {
                object.remove(code);
                sort(object.set(undeclared, spec.entry(undeclared)));
            });
            mutants.edit("a code that is not its key", place, "code", object -> object.put("code", undeclared));
            for (String text : List.of("message", "solution")) {
                String right = entry.getValue().get(text).asText();
                mutants.edit("one letter's case", place, text, object -> object.put(text, uncapitalized(right)));
                mutants.edit("no full stop", place, text, object -> object.put(text, right.replaceFirst("\\.$", "")));
                mutants.edit("a blank more", place, text, object -> object.put(text, right.replaceFirst(" ", "  ")));
            }
        });
        mutants.edit("no errors in the envelope", "", object -> object.putObject("errors"));
        mutants.edit("errors as a list", "", object -> object.set("errors", list(errors)));
        mutants.body("errors without an envelope", "", errors.toString());
        if (errors.size() > 1) {
            mutants.edit("entries out of order", "/errors", object -> {
                ObjectNode first = object.deepCopy();
                String name = first.fieldNames().next();
                object.set(name, object.remove(name));
            });
        }
    }

    private static ArrayNode list(ObjectNode errors) {
        ArrayNode list = Spec.JSON.createArrayNode();
        errors.forEach(list::add);
        return list;
    }

    private static String uncapitalized(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /** Sorts the entries by their codes, so that the order is not a second fact. */
    private static void sort(JsonNode errors) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        errors.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        ((ObjectNode) errors).removeAll().setAll(sorted);
    }

    private static JsonNode retyped(JsonNode value) {
        return value.isTextual() ? IntNode.valueOf(1) : TextNode.valueOf("text");
    }
}
