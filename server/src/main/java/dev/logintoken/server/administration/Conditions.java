package dev.logintoken.server.administration;

import org.jdbi.v3.core.statement.Query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The conditions of a search that the caller asked for. */
final class Conditions {

    private final List<String> texts = new ArrayList<>(List.of("true"));
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Adds a condition on a value, which it names as a parameter. An empty value adds nothing. */
    Conditions with(String condition, String parameter, Optional<?> value) {
        value.ifPresent(some -> {
            texts.add(condition);
            values.put(parameter, some);
        });
        return this;
    }

    /** Adds a condition without a value, if it is wanted. */
    Conditions with(String condition, boolean wanted) {
        if (wanted) {
            texts.add(condition);
        }
        return this;
    }

    /** Binds the values to a query with these conditions. */
    Query bind(Query query) {
        return query.bindMap(values);
    }

    /** Returns the conditions as SQL to follow {@code where}. */
    @Override
    public String toString() {
        return String.join(" and ", texts);
    }
}
