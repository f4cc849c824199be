package dev.logintoken.server.contract;

import dev.logintoken.api.InvalidParameter;
import dev.logintoken.server.http.FallbackMapper;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.glassfish.jersey.server.ParamException;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Refuses a request with a parameter of the wrong type. JAX-RS itself would answer 404. */
public final class ParamExceptionMapper implements ExceptionMapper<ParamException> {

    @Context
    @SuppressWarnings("NullAway.Init")
    private ResourceInfo operation;

    @Override
    public Response toResponse(ParamException failure) {
        return answer(operation.getResourceMethod())
                .map(InvalidParameterMapper::refusal)
                .orElseGet(() -> FallbackMapper.general(Response.status(Response.Status.BAD_REQUEST)));
    }

    /** Returns the annotation of the generated interface for the method that implements it. */
    private static Optional<InvalidParameter> answer(Method method) {
        return Stream.of(method.getDeclaringClass().getInterfaces())
                .flatMap(type -> Stream.of(type.getMethods()))
                .filter(declared -> declared.getName().equals(method.getName())
                        && Arrays.equals(declared.getParameterTypes(), method.getParameterTypes()))
                .map(declared -> declared.getAnnotation(InvalidParameter.class))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
