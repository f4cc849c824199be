package dev.logintoken.launcher;

import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** Answers what Jetty refuses before the application sees it, in the application's words instead of an HTML page. */
final class JsonErrors extends ErrorHandler {

    /** Context attribute, set by the application: the JSON to answer with. */
    private static final String GENERAL_ERROR = "dev.logintoken.generalError";

    private final WebAppContext application;

    JsonErrors(WebAppContext application) {
        this.application = application;
    }

    /** The same for what is refused in the application's context. */
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
        @Nullable Object body = application.getServletContext().getAttribute(GENERAL_ERROR);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, StandardCharsets.UTF_8.encode(body == null ? "" : body.toString()), callback);
        return true;
    }
}
