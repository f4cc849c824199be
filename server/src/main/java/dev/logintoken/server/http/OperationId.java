package dev.logintoken.server.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;

import java.lang.reflect.Method;
import java.util.Optional;

/** Finds the operation that a request calls. */
public final class OperationId {

    private static final String CONTRACT = "dev.logintoken.api";

    private OperationId() {}

    /** Returns the operation's id, which is the generated method's name. Requests outside the contract have none. */
    public static Optional<String> of(ContainerRequestContext request) {
        ResourceMethod matched =
                request.getUriInfo() instanceof ExtendedUriInfo uri ? uri.getMatchedResourceMethod() : null;
        if (matched == null) {
            return Optional.empty();
        }
        Method method = matched.getInvocable().getDefinitionMethod();
        return method.getDeclaringClass().getPackageName().equals(CONTRACT)
                ? Optional.of(method.getName())
                : Optional.empty();
    }
}
