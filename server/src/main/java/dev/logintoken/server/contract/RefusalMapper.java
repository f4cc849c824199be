package dev.logintoken.server.contract;

import dev.logintoken.api.model.Refusal;
import dev.logintoken.server.http.ErrorBody;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes the refusals of all operations. */
public final class RefusalMapper implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
        return response(refusal);
    }

    static Response response(Refusal refusal) {
        return response(refusal.errors(), refusal.retryAfter());
    }

    static Response response(List<? extends Refusal.CatalogEntry> errors, Optional<Duration> retryAfter) {
        ResponseBuilder response = Response.status(status(errors))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ErrorBody.of(errors));
        retryAfter.ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds())));
        return response.build();
    }

    /**
     * Returns the status that the spec gives a code. Of several codes, the highest status wins, because it says most.
     */
    private static int status(List<? extends Refusal.CatalogEntry> errors) {
        return errors.stream().mapToInt(Refusal.CatalogEntry::status).max().orElseThrow();
    }
}
