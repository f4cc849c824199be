package dev.logintoken.server.testrun;

import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.testrun.Trouble.Cut;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Gives the answers of the API the trouble of their run, and writes its journal. Then the request's place in its run ends. */
public final class RunFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Context attribute, set by the launcher: a {@code Consumer<ServletRequest>} that closes a request's connection. */
    private static final String DISCONNECT = "dev.logintoken.disconnect";

    private static final String API = "/api/";

    private final transient TestRuns runs;
    private final AtomicLong numbers = new AtomicLong();

    /** Creates the filter. */
    public RunFilter(TestRuns runs) {
        this.runs = runs;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (request.getRequestURI().startsWith(request.getContextPath() + API)) {
                hold(request, response, chain);
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            runs.leave();
        }
    }

    private void hold(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long begin = System.nanoTime();
        Recorded recorded = new Recorded(request);
        HeldAnswer held = new HeldAnswer(response);
        chain.doFilter(recorded, held);
        byte[] answer = held.body();
        Trouble trouble = Trouble.NONE;
        Optional<TestRun> run = runs.entered(); // A refused stranger has none.
        if (run.isPresent()) {
            long millis = (System.nanoTime() - begin) / 1_000_000;
            run.get().journal().add(entry(run.get(), recorded, response, answer, millis));
            trouble = run.get().trouble();
        }
        trouble.await();
        if (trouble.cut() == Cut.NONE) {
            response.getOutputStream().write(answer);
        } else {
            cut(request, response, trouble.cut(), answer);
        }
    }

    /**
     * Sends half of the answer, or nothing, and closes the connection. A container's API cannot close it before the
     * headers: there, the caller gets the headers at least.
     */
    @SuppressWarnings("unchecked") // The launcher's promise.
    private void cut(HttpServletRequest request, HttpServletResponse response, Cut cut, byte[] answer)
            throws IOException {
        @Nullable Object disconnect = request.getServletContext().getAttribute(DISCONNECT);
        if (disconnect == null || cut == Cut.WITHIN) {
            response.setHeader("Connection", "close");
            response.setContentLength(Math.max(2, answer.length));
            response.getOutputStream().write(answer, 0, cut == Cut.WITHIN ? answer.length / 2 : 0);
            response.flushBuffer();
        }
        if (disconnect != null) {
            ((Consumer<ServletRequest>) disconnect).accept(request);
        }
    }

    private RecordedExchange entry(
            TestRun run, Recorded request, HttpServletResponse response, byte[] answer, long millis) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(
                        name, Masking.header(name, String.join(", ", Collections.list(request.getHeaders(name))))));
        String query = request.getQueryString();
        return new RecordedExchange(
                numbers.incrementAndGet(),
                run.sandbox().clock().instant(),
                Exchange.current().id(),
                Optional.ofNullable((String) request.getAttribute(TestRuns.OPERATION))
                        .orElse(""),
                request.getMethod(),
                Masking.text(request.getRequestURI() + (query == null ? "" : "?" + query)),
                headers,
                Masking.text(request.body()),
                response.getStatus(),
                headers(response),
                Masking.text(new String(answer, StandardCharsets.UTF_8)),
                millis);
    }

    private static Map<String, String> headers(HttpServletResponse response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Collection<String> names = response.getHeaderNames();
        names.forEach(name -> headers.put(name, Masking.header(name, String.join(", ", response.getHeaders(name)))));
        return headers;
    }
}
