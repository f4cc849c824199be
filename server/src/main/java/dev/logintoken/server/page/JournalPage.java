package dev.logintoken.server.page;

import jakarta.ws.rs.core.UriInfo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders the sandbox's page of received requests. */
public final class JournalPage {

    /** The media type of the page. */
    public static final String TYPE = Layout.HTML;

    private final Templates templates = new Templates();

    /**
     * What the visitor looks for; each field may be empty.
     *
     * @param run the name of a test run, empty for the default run
     * @param operation the id of an operation
     * @param code an error code or a status
     * @param requestId the id of a request
     */
    public record Search(String run, String operation, String code, String requestId) {}

    /**
     * A request and its answer.
     *
     * @param number a number that no other row has
     * @param time when the answer was ready, by the run's clock
     * @param line method and path
     * @param operation the operation's id, empty outside the contract
     * @param status the answer's status
     * @param codes the answer's error codes
     * @param millis how long the service took
     * @param request headers and body of the request
     * @param answer headers and body of the answer
     */
    public record Row(
            long number,
            String time,
            String line,
            String operation,
            int status,
            String codes,
            long millis,
            String request,
            String answer) {}

    /**
     * Returns the page.
     *
     * @param search what the visitor looks for
     * @param runs the names of the test runs
     * @param rows the requests, the latest first; empty if there is no such run
     */
    public String render(UriInfo uri, Search search, List<String> runs, Optional<List<Row>> rows) {
        Map<String, Object> values = Layout.english(uri, "Journal");
        values.put("journal", true);
        values.put("base", uri.getBaseUri());
        values.put("search", search);
        values.put("runs", runs);
        values.put("missing", rows.isEmpty());
        values.put("rows", rows.orElse(List.of()));
        values.put("none", rows.filter(List::isEmpty).isPresent());
        return templates.page("journal", values);
    }
}
