package dev.logintoken.server.testrun;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
public record RecordedExchange(
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

    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");

    /** Returns the error codes of the answer. */
    public List<String> codes() {
        return CODE.matcher(answer).results().map(found -> found.group(1)).toList();
    }

    boolean matches(Optional<String> wantedOperation, Optional<String> wantedCode, Optional<String> wantedId) {
        return wantedOperation.map(operation::equals).orElse(true)
                && wantedCode
                        .map(code -> code.equals(String.valueOf(status)) || codes().contains(code))
                        .orElse(true)
                && wantedId.map(requestId::equals).orElse(true);
    }

    int size() {
        return Stream.of(path, headers, body, answerHeaders, answer)
                .mapToInt(part -> part.toString().length())
                .sum();
    }
}
