package dev.logintoken.launcher.http;

import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Answers requests that Jetty refuses before the application sees them. The answer is the application's JSON instead of
 * an HTML page.
 */
final class JsonErrors extends ErrorHandler {

    /** Context attribute, set by the application: the JSON to answer with. */
    private static final String GENERAL_ERROR = "dev.logintoken.generalError";

    /** Context attribute, set by the application: a {@code BiConsumer<String, Integer>} of request id and status. */
    private static final String ON_REFUSED = "dev.logintoken.onRefused";

    private final WebAppContext application;

    JsonErrors(WebAppContext application) {
        this.application = application;
    }

    /** Returns a handler that does the same in the application's context. */
    ErrorPageErrorHandler inApplication() {
        return new ErrorPageErrorHandler() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return answer(response, callback);
            }
        };
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        return answer(response, callback);
    }

    private boolean answer(Response response, Callback callback) {
        String id = UUID.randomUUID().toString();
        @Nullable Object body = application.getServletContext().getAttribute(GENERAL_ERROR);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("X-Request-Id", id);
        refused().accept(id, response.getStatus());
        response.write(true, StandardCharsets.UTF_8.encode(body == null ? "" : body.toString()), callback);
        return true;
    }

    @SuppressWarnings("unchecked") // The application's promise, see ON_REFUSED.
    private BiConsumer<String, Integer> refused() {
        @Nullable Object refused = application.getServletContext().getAttribute(ON_REFUSED);
        return refused == null ? (id, status) -> {} : (BiConsumer<String, Integer>) refused;
    }
}
