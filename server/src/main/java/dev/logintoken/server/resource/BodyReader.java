package dev.logintoken.server.resource;

import dev.logintoken.api.model.BodyErrorCode;
import dev.logintoken.server.error.UnreadableBodyException;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads request bodies up to their limit, and refuses what is not a JSON object as the spec describes it. */
public final class BodyReader implements ReaderInterceptor {

    private static final int MAX_BYTES = 16 * 1024;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) {
        try {
            byte[] body = context.getInputStream().readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new UnreadableBodyException(BodyErrorCode.BODY_TOO_LARGE);
            }
            context.setInputStream(new ByteArrayInputStream(body));
            Object read = context.proceed();
            if (read == null) {
                throw new UnreadableBodyException(BodyErrorCode.BODY_INVALID);
            }
            return read;
        } catch (IOException e) {
            throw new UnreadableBodyException(BodyErrorCode.BODY_INVALID);
        }
    }
}
