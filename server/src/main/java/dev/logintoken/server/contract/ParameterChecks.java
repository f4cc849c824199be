package dev.logintoken.server.contract;

import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the parameters of an operation whose set of codes has a code for a wrong parameter. The other operations check
 * their parameters themselves, at the stage that the contract prescribes.
 */
final class ParameterChecks {

    private static final Set<Class<? extends Annotation>> KINDS =
            Set.of(QueryParam.class, PathParam.class, HeaderParam.class, CookieParam.class, FormParam.class);

    private final Set<Integer> checked;

    ParameterChecks(Method operation) {
        this.checked = parameters(operation);
    }

    /** Returns whether the spec allows the arguments of a call. */
    boolean allow(Object resource, Method method, Object[] arguments) {
        return SpecConstraints.validator().forExecutables().validateParameters(resource, method, arguments).stream()
                .map(violation -> index(violation.getPropertyPath()))
                .noneMatch(checked::contains);
    }

    private static int index(Path path) {
        for (Path.Node node : path) {
            if (node.getKind() == ElementKind.PARAMETER) {
                return node.as(Path.ParameterNode.class).getParameterIndex();
            }
        }
        throw new IllegalStateException("A violation at no parameter: " + path);
    }

    /** Returns the positions of the parameters. A body is not a parameter: the operation checks its fields. */
    private static Set<Integer> parameters(Method operation) {
        Set<Integer> positions = new HashSet<>();
        for (int i = 0; i < operation.getParameterCount(); i++) {
            if (Stream.of(operation.getParameters()[i].getAnnotations())
                    .anyMatch(annotation -> KINDS.contains(annotation.annotationType()))) {
                positions.add(i);
            }
        }
        return positions;
    }
}
