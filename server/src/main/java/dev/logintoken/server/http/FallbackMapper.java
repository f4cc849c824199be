package dev.logintoken.server.http;

import dev.logintoken.server.log.Escaped;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.outcome.Causes;
import dev.logintoken.server.outcome.UnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the general error; nothing else does. A request outside the contract (no such path, method or media type) gets
 * the matching status. An unforeseen failure gets 500, or 503 where trying again helps. The body says nothing about the
 * cause. The log has the cause under the request id.
 */
public final class FallbackMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackMapper.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException outside
                && outside.getResponse().getStatus() < Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            Response response = outside.getResponse();
            ResponseBuilder answer = Response.status(response.getStatus());
            String allow = response.getHeaderString(HttpHeaders.ALLOW);
            return general(allow == null ? answer : answer.header(HttpHeaders.ALLOW, OptionsFilter.withHead(allow)));
        }
        if (failure instanceof UnavailableException) {
            LOG.warn(
                    "Request {} failed: {}",
                    Exchange.current().id(),
                    Escaped.text(Causes.root(failure).toString()));
            return general(
                    Response.status(Status.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
        }
        LOG.error("Request {} failed", Exchange.current().id(), Escaped.of(failure));
        return general(Response.serverError());
    }

    /** Returns the general error with the status and headers of an answer. */
    public static Response general(ResponseBuilder answer) {
        return answer.type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ErrorBody.GENERAL)
                .build();
    }
}
