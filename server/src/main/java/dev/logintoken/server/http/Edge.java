package dev.logintoken.server.http;

import dev.logintoken.server.log.Escaped;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.log.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The outermost filter of the application. It gives each exchange a request id, and the headers of all answers. Jersey
 * refuses some requests with an empty body before any JAX-RS filter runs. For those, this filter answers the general
 * error, logs a line and counts the exchange.
 */
public final class Edge extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    @SuppressWarnings("NullAway.Init") // Filled by the container before the first request.
    private transient AccessLog log;

    @Override
    public void init(FilterConfig config) {
        log = (AccessLog) Objects.requireNonNull(config.getServletContext().getAttribute(AccessLog.ATTRIBUTE));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Exchange.begin(given(request));
        setHeaders(exchange, response);
        int failure = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(WithContentType.readable(BodyLimit.applied(request)), response);
            failure = response.getStatus();
        } catch (UnavailableException e) {
            failure = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        } catch (IOException e) {
            LOG.debug("The caller is gone", e);
        } catch (ServletException | RuntimeException | StackOverflowError e) {
            LOG.error("Request {} failed", exchange.id(), Escaped.of(e));
        } finally {
            Exchange.end();
        }
        if (!exchange.isRecorded()) {
            answer(exchange, response, failure);
        }
    }

    private void answer(Exchange exchange, HttpServletResponse response, int status) throws IOException {
        if (!response.isCommitted()) {
            response.resetBuffer();
            setHeaders(exchange, response); // Jersey has reset them.
            GeneralError.write(response, status);
        }
        log.failed(exchange.id(), status, exchange.duration());
    }

    private static void setHeaders(Exchange exchange, HttpServletResponse response) {
        response.setHeader(RequestId.HEADER, exchange.id());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /**
     * Returns the caller's request id. Several header lines form one value (RFC 9110, 5.3), which is not a valid id.
     */
    private static @Nullable String given(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(RequestId.HEADER));
        return lines.size() == 1 ? lines.get(0) : null;
    }
}
