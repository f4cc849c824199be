package dev.logintoken.server.contract;

import dev.logintoken.api.InvalidParameter;
import dev.logintoken.api.model.Refusal;
import jakarta.inject.Singleton;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calls the operations, and turns their refusals into answers. Reflection and Jersey would wrap each refusal in two
 * exceptions with stack traces, which take as long as the rest of the operation.
 */
final class OperationCalls implements ResourceMethodInvocationHandlerProvider {

    /** Registers the calls with Jersey. */
    static final class Binder extends AbstractBinder {
        @Override
        protected void configure() {
            bind(OperationCalls.class)
                    .to(ResourceMethodInvocationHandlerProvider.class)
                    .in(Singleton.class);
        }
    }

    @Override
    public @Nullable InvocationHandler create(Invocable invocable) {
        Method operation = invocable.getDefinitionMethod();
        InvalidParameter invalid = operation.getAnnotation(InvalidParameter.class);
        if (invalid == null && !refuses(operation)) {
            return null;
        }
        Optional<ParameterChecks> checks =
                invalid == null ? Optional.empty() : Optional.of(new ParameterChecks(operation));
        MethodHandle call = handle(operation);
        boolean answers = operation.getReturnType() != void.class; // Jersey drops the result of any other method.
        return (resource, method, arguments) -> {
            Object[] given = arguments == null ? new Object[0] : arguments;
            if (checks.isPresent() && !checks.get().allow(resource, method, given)) {
                // Jersey unwraps a cause from this exception only.
                throw new InvocationTargetException(new InvalidParameterException(invalid));
            }
            try {
                return call.invokeExact(resource, given);
            } catch (Refusal refusal) {
                if (answers) {
                    return RefusalMapper.response(refusal);
                }
                throw new InvocationTargetException(refusal);
            } catch (Throwable failure) {
                throw new InvocationTargetException(failure);
            }
        };
    }

    private static boolean refuses(Method operation) {
        return Stream.of(operation.getExceptionTypes()).anyMatch(Refusal.class::isAssignableFrom);
    }

    /** Returns the method as a function of the resource and an array of arguments. It throws what the method throws. */
    private static MethodHandle handle(Method operation) {
        try {
            MethodHandle method = MethodHandles.publicLookup().unreflect(operation);
            return method.asSpreader(Object[].class, operation.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
