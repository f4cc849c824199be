package dev.logintoken.server.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Serves the contract itself, in YAML and as JSON. The YAML file is the one that everything was generated from. */
@Path("/")
public final class SpecResource {

    private static final String FILE = "/META-INF/login-token/openapi.yaml";

    private final byte[] yaml;
    private final JsonMapper mapper;

    /** Parsed once, at the first request, so that a start does not wait for it. */
    private @Nullable JsonNode document;

    public SpecResource(JsonMapper mapper) {
        this.mapper = mapper;
        try (InputStream file = SpecResource.class.getResourceAsStream(FILE)) {
            this.yaml = Objects.requireNonNull(file, FILE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file, byte by byte (RFC 9512). */
    @GET
    @Path("openapi.yaml")
    @Produces("application/yaml")
    public Response yaml() {
        return answer(yaml);
    }

    /** Returns the contract as JSON. */
    @GET
    @Path("openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response json() throws IOException {
        return answer(mapper.writeValueAsBytes(document()));
    }

    /** Returns the contract, parsed. */
    public synchronized JsonNode document() {
        if (document == null) {
            try {
                document = new YAMLMapper().readTree(yaml);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return document;
    }

    /** Returns a node of the contract, or the one that it refers to. */
    public static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static Response answer(byte[] document) {
        CacheControl untilTheNextDeployment = new CacheControl();
        untilTheNextDeployment.setNoCache(true);
        return Response.ok(document).cacheControl(untilTheNextDeployment).build();
    }
}
