package dev.logintoken.server.contract;

import dev.logintoken.api.InvalidParameter;
import dev.logintoken.api.model.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

import java.util.List;
import java.util.Optional;

/** Refuses a request with a parameter outside its constraints. */
public final class InvalidParameterMapper implements ExceptionMapper<InvalidParameterException> {

    @Override
    public Response toResponse(InvalidParameterException failure) {
        return refusal(failure.answer());
    }

    static Response refusal(InvalidParameter answer) {
        Refusal.CatalogEntry[] group = answer.value().getEnumConstants();
        return RefusalMapper.response(List.of(group[0]), Optional.empty());
    }
}
