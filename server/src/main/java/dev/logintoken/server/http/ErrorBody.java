package dev.logintoken.server.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logintoken.api.model.GeneralErrorCode;
import dev.logintoken.api.model.Refusal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON body of an error answer, as the spec's {@code …Errors} schemas describe it. */
public final class ErrorBody {

    /** The maximum number of bodies that are kept. The operations' sets of codes have far fewer combinations. */
    private static final int MAX_BODIES = 1_000;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<List<?>, ErrorBody> BODIES = new ConcurrentHashMap<>();

    /** The general error, which gives no reason. Only the fallback answers it. */
    public static final ErrorBody GENERAL = of(List.of(GeneralErrorCode.GENERAL_ERROR));

    private final Map<String, Item> errors;
    private final byte[] json;

    /**
     * One error.
     *
     * @param code the code by which clients distinguish errors
     * @param message what is wrong
     * @param solution what the caller can do about it
     */
    @JsonPropertyOrder({"code", "message", "solution"})
    public record Item(String code, String message, String solution) {}

    /**
     * Creates a body.
     *
     * @param errors one entry for each error, by its code, in ascending order
     */
    public ErrorBody(Map<String, Item> errors) {
        this.errors = Collections.unmodifiableMap(errors);
        try {
            this.json = MAPPER.writeValueAsBytes(Map.of("errors", errors));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the body with errors of the catalog, in ascending order of their codes. */
    public static ErrorBody of(List<? extends Refusal.CatalogEntry> errors) {
        ErrorBody known = BODIES.get(errors);
        if (known != null) {
            return known;
        }
        Map<String, Item> entries = new LinkedHashMap<>();
        errors.forEach(error -> entries.put(error.code(), new Item(error.code(), error.message(), error.solution())));
        ErrorBody body = new ErrorBody(entries);
        if (BODIES.size() < MAX_BODIES) {
            BODIES.put(List.copyOf(errors), body);
        }
        return body;
    }

    /** Returns the errors by their codes. */
    public Map<String, Item> errors() {
        return errors;
    }

    /** Returns the body as JSON, in UTF-8. */
    byte[] json() {
        return json;
    }
}
