package dev.logintoken.server.contract;

import dev.logintoken.api.InvalidParameter;
import dev.logintoken.api.model.BodyErrorCode;
import dev.logintoken.server.http.ErrorBody;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;

/** Parameters of the types that a spec can have, as the next operations may have them: right and wrong values. */
final class ParametersTest {

    private static final ApplicationHandler JERSEY = new ApplicationHandler(new ResourceConfig()
            .addProperties(ContractFeature.PROPERTIES)
            .register(new ContractFeature())
            .register(new Typed()));

    /** Looks like a generated interface. */
    public interface TypedApi {

        /** An operation whose set has a code for a wrong parameter. */
        @GET
        @Path("checked")
        @InvalidParameter(BodyErrorCode.class)
        String checked(
                @QueryParam("at") @Nullable Instant at,
                @QueryParam("day") @Nullable LocalDate day,
                @QueryParam("on") @Nullable Boolean on,
                @QueryParam("number") @Min(2) @Max(4) @Nullable Integer number,
                @HeaderParam("Name") @Size(max = 3) @Nullable String name);

        /** An operation whose set has no such code. */
        @GET
        @Path("free")
        String free(@QueryParam("number") @Min(2) @Nullable Integer number);

        /** An operation that checks the fields of its body itself. */
        @POST
        @Path("body")
        @InvalidParameter(BodyErrorCode.class)
        String body(@QueryParam("number") @Min(2) @Nullable Integer number, @NotNull @Size(max = 1) String body);
    }

    /** Implements it. */
    @Path("/")
    public static final class Typed implements TypedApi {
        @Override
        public String checked(
                @Nullable Instant at,
                @Nullable LocalDate day,
                @Nullable Boolean on,
                @Nullable Integer number,
                @Nullable String name) {
            return at + " " + day + " " + on + " " + number + " " + name;
        }

        @Override
        public String free(@Nullable Integer number) {
            return String.valueOf(number);
        }

        @Override
        public String body(@Nullable Integer number, String body) {
            return number + " " + body;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', null null null null null",
        "at=2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z null null null null",
        "at=2026-03-01T12:00:00%2B02:00, 2026-03-01T10:00:00Z null null null null",
        "day=2026-03-01, null 2026-03-01 null null null",
        "on=true, null null true null null",
        "on=false, null null false null null",
        "number=2&on=true, null null true 2 null",
        "number=4, null null null 4 null",
    })
    void aRightValueArrives(String query, String values) throws Exception {
        ContainerResponse answer = get("/checked?" + query);
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getEntity()).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({
        "at=noon",
        "at=2026-03-01",
        "day=yesterday",
        "on=yes",
        "on=TRUE",
        "on=",
        "number=x",
        "number=1",
        "number=5"
    })
    void aWrongValueGetsTheCodeOfItsGroup(String query) throws Exception {
        ContainerResponse answer = get("/checked?" + query);
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(((ErrorBody) answer.getEntity()).errors()).containsOnlyKeys("ER900");
    }

    @Test
    void aHeaderIsAParameterToo() throws Exception {
        ContainerRequest request = request("GET", "/checked");
        request.header("Name", "four");
        assertThat(JERSEY.apply(request).get().getStatus()).isEqualTo(400);
    }

    @Test
    void anOperationWithoutSuchACodeChecksItsLimitsItself() throws Exception {
        assertThat(get("/free?number=1").getEntity()).isEqualTo("1");
        ContainerResponse wrongType = get("/free?number=x");
        assertThat(wrongType.getStatus()).isEqualTo(400);
        assertThat(wrongType.getEntity()).isEqualTo(ErrorBody.GENERAL);
    }

    @Test
    void aBodyIsLeftToItsOperation() throws Exception {
        assertThat(post("/body?number=2", "long").getEntity()).isEqualTo("2 long");
        assertThat(post("/body?number=1", "long").getStatus()).isEqualTo(400);
    }

    private static ContainerResponse get(String path) throws Exception {
        return JERSEY.apply(request("GET", path)).get();
    }

    private static ContainerResponse post(String path, String body) throws Exception {
        ContainerRequest request = request("POST", path);
        request.header("Content-Type", "text/html");
        request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        return JERSEY.apply(request).get();
    }

    private static ContainerRequest request(String method, String path) {
        URI base = URI.create("http://localhost/");
        return new ContainerRequest(base, base.resolve(path), method, null, new MapPropertiesDelegate(), null);
    }
}
