package dev.logintoken.server.contract;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import org.jspecify.annotations.Nullable;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Function;

/** Reads parameters that JAX-RS cannot read, or reads too loosely: it takes any text but true as false. */
public final class ParameterConverters implements ParamConverterProvider {

    private static final Map<Class<?>, ParamConverter<?>> CONVERTERS = Map.of(
            Instant.class, new Converter<>(text -> OffsetDateTime.parse(text).toInstant()),
            LocalDate.class, new Converter<>(LocalDate::parse),
            Boolean.class, new Converter<>(ParameterConverters::truth));

    @Override
    @SuppressWarnings("unchecked") // The map's keys are the types of its values.
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return (ParamConverter<T>) CONVERTERS.get(type);
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private record Converter<T>(Function<String, T> reader) implements ParamConverter<T> {
        @Override
        public @Nullable T fromString(@Nullable String text) {
            // Jersey also asks for the value of an absent parameter.
            return text == null ? null : reader.apply(text);
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
