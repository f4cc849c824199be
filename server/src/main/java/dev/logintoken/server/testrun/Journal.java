package dev.logintoken.server.testrun;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The last requests of a run. Secrets are masked before they get here. */
public final class Journal {

    private static final int MAX_ENTRIES = 200;
    private static final int MAX_CHARACTERS = 1_000_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private int characters;

    /**
     * A request and its answer.
     *
     * @param time when the answer was ready, by the run's clock
     * @param requestId the id that the answer and the log have
     * @param operation the operation's id, empty outside the contract
     * @param method the method
     * @param path the path with its query
     * @param headers the request's headers
     * @param body the request's body
     * @param status the answer's status
     * @param answerHeaders the answer's headers
     * @param answer the answer's body
     * @param millis how long the service took, without a delay on purpose
     */
    public record Entry(
            Instant time,
            String requestId,
            String operation,
            String method,
            String path,
            Map<String, String> headers,
            String body,
            int status,
            Map<String, String> answerHeaders,
            String answer,
            long millis) {

        private int size() {
            return path.length()
                    + headers.toString().length()
                    + body.length()
                    + answerHeaders.toString().length()
                    + answer.length();
        }
    }

    /** Adds a request, and forgets the oldest ones if there are too many. */
    synchronized void add(Entry entry) {
        entries.add(entry);
        characters += entry.size();
        while (entries.size() > MAX_ENTRIES || characters > MAX_CHARACTERS) {
            characters -= entries.remove().size();
        }
    }

    /** Returns the requests, the latest first. */
    public synchronized List<Entry> entries() {
        List<Entry> all = new ArrayList<>(entries);
        Collections.reverse(all);
        return all;
    }

    /** Forgets all requests. */
    public synchronized void clear() {
        entries.clear();
        characters = 0;
    }
}
