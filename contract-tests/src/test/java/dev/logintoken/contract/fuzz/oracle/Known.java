package dev.logintoken.contract.fuzz.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is known of credentials of one kind. A text without a fact means nothing to the service. */
public final class Known<T> {

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final List<String> shared = new CopyOnWriteArrayList<>();

    /** Adds a fact that all scenarios may use. */
    public void share(String text, T fact) {
        known.put(text, fact);
        shared.add(text);
    }

    /** Adds a text that all scenarios may use, and that means nothing, though it looks as if it did. */
    public void mention(String text) {
        shared.add(text);
    }

    /** Adds or replaces a fact that one scenario alone uses. */
    public void own(String text, T fact) {
        known.put(text, fact);
    }

    /** Forgets what a scenario owned. */
    public void disown(String text) {
        known.remove(text);
    }

    /** Returns what is known of a text. */
    public Optional<T> find(String text) {
        return Optional.ofNullable(known.get(text));
    }

    /** The shared ones, in the order in which they were added: chance picks the same kind again. */
    public List<String> shared() {
        return shared;
    }
}
