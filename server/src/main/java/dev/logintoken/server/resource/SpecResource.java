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

/** Serves the contract itself: the very file that everything was generated from, and the same as JSON. */
@Path("/")
public final class SpecResource {

    private static final String FILE = "/META-INF/login-token/openapi.yaml";

    private final byte[] yaml;
    private final JsonMapper mapper;

    /** Parsed at the first request, once: a start does not wait for it. */
    private @Nullable JsonNode document;

    /**
     * The contract on the class path.
     *
     * @param mapper writes it as JSON
     */
    public SpecResource(JsonMapper mapper) {
        this.mapper = mapper;
        try (InputStream file = SpecResource.class.getResourceAsStream(FILE)) {
            this.yaml = Objects.requireNonNull(file, FILE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, byte by byte (RFC 9512). */
    @GET
    @Path("openapi.yaml")
    @Produces("application/yaml")
    public Response yaml() {
        return answer(yaml);
    }

    /** The same as JSON. */
    @GET
    @Path("openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response json() throws IOException {
        return answer(mapper.writeValueAsBytes(document()));
    }

    /** The same to be read here. */
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

    private static Response answer(byte[] document) {
        CacheControl untilTheNextDeployment = new CacheControl();
        untilTheNextDeployment.setNoCache(true);
        return Response.ok(document).cacheControl(untilTheNextDeployment).build();
    }
}
