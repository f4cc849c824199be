package dev.logintoken.server.contract;

import dev.logintoken.api.InvalidParameter;
import jakarta.inject.Singleton;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jspecify.annotations.Nullable;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the parameters of operations whose set of codes has a code for a wrong parameter. The other operations check
 * their parameters themselves, at the stage that the contract prescribes.
 */
final class ParameterChecks implements ResourceMethodInvocationHandlerProvider {

    private static final Set<Class<? extends Annotation>> KINDS =
            Set.of(QueryParam.class, PathParam.class, HeaderParam.class, CookieParam.class, FormParam.class);

    /** Registers the checks with Jersey. */
    static final class Binder extends AbstractBinder {
        @Override
        protected void configure() {
            bind(ParameterChecks.class)
                    .to(ResourceMethodInvocationHandlerProvider.class)
                    .in(Singleton.class);
        }
    }

    @Override
    public @Nullable InvocationHandler create(Invocable operation) {
        InvalidParameter answer = operation.getDefinitionMethod().getAnnotation(InvalidParameter.class);
        if (answer == null) {
            return null;
        }
        Set<Integer> checked = parameters(operation.getDefinitionMethod());
        return (resource, method, arguments) -> {
            if (arguments != null && !valid(resource, method, arguments, checked)) {
                // Jersey unwraps a cause from this exception only.
                throw new InvocationTargetException(new InvalidParameterException(answer));
            }
            return method.invoke(resource, arguments);
        };
    }

    private static boolean valid(Object resource, Method method, Object[] arguments, Set<Integer> checked) {
        return Constraints.VALIDATOR.forExecutables().validateParameters(resource, method, arguments).stream()
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
