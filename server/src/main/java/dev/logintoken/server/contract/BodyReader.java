package dev.logintoken.server.contract;

import dev.logintoken.api.model.BodyErrorCode;
import dev.logintoken.server.http.BodyLimit;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads request bodies up to their limit. Refuses a body that is not a JSON object as the spec describes it. */
public final class BodyReader implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) {
        String encoding = context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new NotSupportedException(); // RFC 9110, 15.5.16
        }
        try {
            byte[] body = context.getInputStream().readNBytes(BodyLimit.MAX_BYTES + 1);
            if (body.length > BodyLimit.MAX_BYTES) {
                throw new UnreadableBodyException(BodyErrorCode.BODY_TOO_LARGE);
            }
            if (MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType()) && !isUtf8Json(body)) {
                throw new UnreadableBodyException(BodyErrorCode.BODY_INVALID);
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

    /**
     * Returns whether a text can be JSON in UTF-8 (RFC 8259, 8.1). The parser alone would also accept UTF-16, UTF-32
     * and overlong forms. UTF-16 and UTF-32 are full of zero bytes, which JSON never has.
     */
    private static boolean isUtf8Json(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .chars()
                    .noneMatch(unit -> unit == 0);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
