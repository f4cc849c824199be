package dev.logintoken.server.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.logintoken.api.model.GeneralErrorCode;
import dev.logintoken.api.model.Refusal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON body of every error answer, as the spec's {@code …Errors} schemas describe it.
 *
 * @param errors one entry for each error, by its code, in ascending order
 */
public record ErrorBody(Map<String, Item> errors) {

    /** The general error, which gives no reason. Only the fallback answers it. */
    public static final ErrorBody GENERAL = of(List.of(GeneralErrorCode.GENERAL_ERROR));

    /**
     * One error.
     *
     * @param code the code by which clients distinguish errors
     * @param message what is wrong
     * @param solution what the caller can do about it
     */
    @JsonPropertyOrder({"code", "message", "solution"})
    public record Item(String code, String message, String solution) {}

    public static ErrorBody of(List<? extends Refusal.CatalogEntry> errors) {
        Map<String, Item> entries = new LinkedHashMap<>();
        errors.forEach(error -> entries.put(error.code(), new Item(error.code(), error.message(), error.solution())));
        return new ErrorBody(entries);
    }
}
