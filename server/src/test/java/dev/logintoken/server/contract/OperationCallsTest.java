package dev.logintoken.server.contract;

import dev.logintoken.api.model.LoginUserErrorCode;
import dev.logintoken.server.http.ErrorBody;
import dev.logintoken.server.http.ErrorWriter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static dev.logintoken.api.model.AttemptsErrorCode.TOO_MANY_ATTEMPTS;
import static dev.logintoken.api.model.ClientErrorCode.API_KEY_MISSING;
import static org.assertj.core.api.Assertions.assertThat;

/** Operations that answer, refuse and fail. The mapper of this test shows which exceptions reach Jersey. */
final class OperationCallsTest {

    private static final ApplicationHandler JERSEY = new ApplicationHandler(new ResourceConfig()
            .registerInstances(new OperationCalls.Binder(), new ErrorWriter(), new Thrown(), new Operations()));

    /** Looks like a generated interface. */
    public interface OperationsApi {

        /** Answers. */
        @GET
        @Path("answer")
        @Produces("application/json")
        String answer() throws LoginUserErrorCode.Refused;

        /** Refuses. */
        @GET
        @Path("refusal")
        @Produces("application/json")
        String refuse() throws LoginUserErrorCode.Refused;

        /** Refuses an answer without a body. */
        @GET
        @Path("void")
        void refuseVoid() throws LoginUserErrorCode.Refused;

        /** Fails. */
        @GET
        @Path("failure")
        String fail() throws LoginUserErrorCode.Refused;
    }

    /** Implements it. */
    @Path("/")
    public static final class Operations implements OperationsApi {

        @Override
        public String answer() {
            return "\"answer\"";
        }

        @Override
        public String refuse() throws LoginUserErrorCode.Refused {
            LoginUserErrorCode.Refused refused = new LoginUserErrorCode.Refused(API_KEY_MISSING, TOO_MANY_ATTEMPTS);
            refused.retryAfter(Duration.ofSeconds(7));
            throw refused;
        }

        @Override
        public void refuseVoid() throws LoginUserErrorCode.Refused {
            throw new LoginUserErrorCode.Refused(API_KEY_MISSING);
        }

        @Override
        public String fail() {
            throw new IllegalStateException();
        }
    }

    /** Answers the class of an exception that reached Jersey. */
    private static final class Thrown implements ExceptionMapper<Exception> {
        @Override
        public Response toResponse(Exception failure) {
            return Response.status(599).entity(failure.getClass().getName()).build();
        }
    }

    @Test
    void anAnswerIsPassedOn() throws Exception {
        assertThat(get("/answer").getEntity()).isEqualTo("\"answer\"");
    }

    @Test
    void aRefusalIsAnsweredWithoutAnException() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ContainerResponse answer = JERSEY.apply(request("/refusal"), body).get();
        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getMediaType()).hasToString("application/json");
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("7");
        assertThat(((ErrorBody) answer.getEntity()).errors()).containsOnlyKeys("ER006", "ER806");
        assertThat(body.toString(StandardCharsets.UTF_8))
                .startsWith("{\"errors\":{\"ER006\":{\"code\":\"ER006\",\"message\":\"")
                .endsWith("\"ER806\":{\"code\":\"ER806\",\"message\":\"API key not found.\","
                        + "\"solution\":\"Provide an API key.\"}}}");
    }

    @Test
    void jerseyMapsARefusalWhereItDropsResults() throws Exception {
        assertThat(get("/void").getEntity()).isEqualTo(LoginUserErrorCode.Refused.class.getName());
    }

    @Test
    void jerseyMapsAFailure() throws Exception {
        assertThat(get("/failure").getEntity()).isEqualTo(IllegalStateException.class.getName());
    }

    private static ContainerResponse get(String path) throws Exception {
        return JERSEY.apply(request(path)).get();
    }

    private static ContainerRequest request(String path) {
        URI base = URI.create("http://localhost/");
        return new ContainerRequest(base, base.resolve(path), "GET", null, new MapPropertiesDelegate(), null);
    }
}
