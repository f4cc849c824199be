package dev.logintoken.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;

import java.lang.annotation.Annotation;

/** Writes the general error into answers that Jersey made itself, such as its 400 to a malformed {@code Accept}. */
@Priority(10) // After the pages, before the exchange is recorded.
public final class EmptyErrors implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= Status.BAD_REQUEST.getStatusCode() && !response.hasEntity()) {
            response.setEntity(ErrorBody.GENERAL, new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
