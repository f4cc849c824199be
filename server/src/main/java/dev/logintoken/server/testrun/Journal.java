package dev.logintoken.server.testrun;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last requests of a run. Secrets are masked before they get here. */
public final class Journal {

    private static final int MAX_ENTRIES = 200;
    private static final int MAX_CHARACTERS = 1_000_000;

    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");

    private final Deque<Entry> entries = new ArrayDeque<>();
    private int characters;

    /**
     * A request and its answer.
     *
     * @param number a number that no other request of this process has
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
            long number,
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

        /** Returns the error codes of the answer. */
        public List<String> codes() {
            return CODE.matcher(answer).results().map(found -> found.group(1)).toList();
        }

        private boolean matches(
                Optional<String> wantedOperation, Optional<String> wantedCode, Optional<String> wantedId) {
            return wantedOperation.map(operation::equals).orElse(true)
                    && wantedCode
                            .map(code -> code.equals(String.valueOf(status)) || codes().contains(code))
                            .orElse(true)
                    && wantedId.map(requestId::equals).orElse(true);
        }

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

    /**
     * Returns the requests that match, the latest first.
     *
     * @param operation the id of the operation that they call; any if it is empty
     * @param code an error code or the status of their answers; any if it is empty
     * @param requestId the id of the request; any if it is empty
     */
    public synchronized List<Entry> search(
            Optional<String> operation, Optional<String> code, Optional<String> requestId) {
        List<Entry> found = new ArrayList<>();
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
