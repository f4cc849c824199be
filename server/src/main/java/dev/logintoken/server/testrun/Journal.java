package dev.logintoken.server.testrun;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last requests of a run. Secrets are masked before they get here. */
public final class Journal {

    private static final int MAX_ENTRIES = 200;
    private static final int MAX_CHARACTERS = 1_000_000;

    private final Deque<RecordedExchange> entries = new ArrayDeque<>();
    private int characters;

    /** Adds a request, and forgets the oldest ones if there are too many. */
    synchronized void add(RecordedExchange entry) {
        entries.add(entry);
        characters += entry.size();
        while (entries.size() > MAX_ENTRIES || characters > MAX_CHARACTERS) {
            characters -= entries.remove().size();
        }
    }

    /**
     * Returns the requests that match, the latest first.
     *
     * @param operation the id of the operation that they call; any if it is empty
     * @param code an error code or the status of their answers; any if it is empty
     * @param requestId the id of the request; any if it is empty
     */
    public synchronized List<RecordedExchange> search(
            Optional<String> operation, Optional<String> code, Optional<String> requestId) {
        List<RecordedExchange> found = new ArrayList<>();
        entries.descendingIterator().forEachRemaining(entry -> {
            if (entry.matches(operation, code, requestId)) {
                found.add(entry);
            }
        });
        return found;
    }

    /** Forgets all requests. */
    public synchronized void clear() {
        entries.clear();
        characters = 0;
    }
}
