package dev.logintoken.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects the mutants of one answer. An alteration that leaves the answer as it is adds none. */
final class MutantList {

    private final Exchange answer;
    private final JsonNode body;
    private final List<Mutant> mutants = new ArrayList<>();

    MutantList(Exchange answer) {
        this.answer = answer;
        this.body = answer.header("Content-Type").orElse("").contains("json")
                        && !answer.body().isEmpty()
                ? Spec.read(answer.body())
                : Spec.JSON.missingNode();
    }

    /** Returns the answer's body, missing if it is not JSON. */
    JsonNode body() {
        return body;
    }

    List<Mutant> all() {
        return mutants;
    }

    void edit(String alteration, String where, String name, Consumer<ObjectNode> edit) {
        JsonNode altered = body.deepCopy();
        edit.accept((ObjectNode) altered.at(where));
        body(alteration, where + "/" + name, altered.toString());
    }

    void edit(String alteration, String where, Consumer<ObjectNode> edit) {
        edit(alteration, where, "", edit);
    }

    void body(String alteration, String where, String altered) {
        if (!altered.equals(answer.body())) {
            mutants.add(new Mutant(alteration, where, with(answer.status(), answer.headers(), altered)));
        }
    }

    void header(String alteration, String name, @Nullable String value) {
        Map<String, List<String>> altered = headersWith(name, value);
        if (!altered.equals(answer.headers())) {
            mutants.add(new Mutant(alteration, name, with(answer.status(), altered, answer.body())));
        }
    }

    void add(String alteration, int status, Map<String, List<String>> headers, String altered) {
        mutants.add(new Mutant(alteration, String.valueOf(status), with(status, headers, altered)));
    }

    Map<String, List<String>> headersWith(String name, @Nullable String value) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers());
        if (value == null) {
            headers.remove(name.toLowerCase(Locale.ROOT));
        } else {
            headers.put(name.toLowerCase(Locale.ROOT), List.of(value));
        }
        return headers;
    }

    private Exchange with(int status, Map<String, List<String>> headers, String altered) {
        return new Exchange(answer.method(), answer.path(), answer.sent(), status, headers, altered);
    }
}
