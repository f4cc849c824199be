package dev.logintoken.server.control;

import dev.logintoken.server.page.JournalPage;
import dev.logintoken.server.page.JournalPage.Row;
import dev.logintoken.server.page.JournalPage.Search;
import dev.logintoken.server.page.PageFilter.Page;
import dev.logintoken.server.testrun.RecordedExchange;
import dev.logintoken.server.testrun.TestRun;
import dev.logintoken.server.testrun.TestRuns;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves the journal of a test run as a page that refreshes itself. */
@Path("journal")
public final class JournalResource {

    private final JournalPage page = new JournalPage();
    private final TestRuns runs;

    JournalResource(TestRuns runs) {
        this.runs = runs;
    }

    /** Returns the page. A browser cannot send the header of a run, so the query names the run. */
    @GET
    @Page
    @Produces(JournalPage.TYPE)
    public String page(
            @Context UriInfo uri,
            @QueryParam("run") @DefaultValue("") String run,
            @QueryParam("operation") @DefaultValue("") String operation,
            @QueryParam("code") @DefaultValue("") String code,
            @QueryParam("requestId") @DefaultValue("") String requestId) {
        Optional<List<Row>> rows = runs.find(run)
                .map(TestRun::journal)
                .map(journal -> journal.search(given(operation), given(code), given(requestId)).stream()
                        .map(JournalResource::row)
                        .toList());
        return page.render(uri, new Search(run, operation, code, requestId), runs.names(), rows);
    }

    private static Optional<String> given(String field) {
        return Optional.of(field.strip()).filter(text -> !text.isEmpty());
    }

    private static Row row(RecordedExchange entry) {
        return new Row(
                entry.number(),
                entry.time().truncatedTo(ChronoUnit.MILLIS).toString(),
                entry.method() + " " + entry.path(),
                entry.operation(),
                entry.status(),
                String.join(", ", entry.codes()),
                entry.millis(),
                message(entry.headers(), entry.body()),
                message(entry.answerHeaders(), entry.answer()));
    }

    private static String message(Map<String, String> headers, String body) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        return (lines + "\n" + body).strip();
    }
}
