package dev.logintoken.server.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logintoken.api.model.SystemInfo;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Answers conditional requests for the system information, so that callers can cache it (RFC 9110, 13.1.2). */
public final class ConditionalGet implements ContainerResponseFilter {

    private static final int TAG_BYTES = 12;

    private final JsonMapper json;

    public ConditionalGet(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof SystemInfo info) {
            EntityTag tag = new EntityTag(tag(info));
            response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, max-age=300");
            response.getHeaders().putSingle(HttpHeaders.VARY, "Authorization, X-Api-Key");
            if (EntityTags.match(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
                response.setEntity(null);
                response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
                response.setStatusInfo(Response.Status.NOT_MODIFIED);
            }
        }
    }

    private String tag(SystemInfo info) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(info));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
