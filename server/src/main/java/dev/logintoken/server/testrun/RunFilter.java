package dev.logintoken.server.testrun;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Ends each request's place in its test run. */
public final class RunFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient TestRuns runs;

    /** Creates the filter. */
    public RunFilter(TestRuns runs) {
        this.runs = runs;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            runs.leave();
        }
    }
}
