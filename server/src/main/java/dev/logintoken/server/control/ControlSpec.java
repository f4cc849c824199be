package dev.logintoken.server.control;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Serves the document of the control interface: the file that its stubs were generated from. */
@Path("_sandbox/openapi.yaml")
public final class ControlSpec {

    private static final String FILE = "/META-INF/login-token/sandbox.yaml";

    /** Returns the file, byte by byte (RFC 9512). */
    @GET
    @Produces("application/yaml")
    public byte[] yaml() throws IOException {
        try (InputStream file = Objects.requireNonNull(ControlSpec.class.getResourceAsStream(FILE), FILE)) {
            return file.readAllBytes();
        }
    }
}
