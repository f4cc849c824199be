package dev.logintoken.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.api.SystemApi;
import dev.logintoken.server.contract.ContractFeature;
import dev.logintoken.server.http.ErrorBody;
import dev.logintoken.server.http.ErrorWriter;
import dev.logintoken.server.resource.SpecResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks for answers of one operation, using Jersey with the filter and the spec. */
final class PreferredAnswersTest {

    private static final JsonNode SPEC = new SpecResource(ContractFeature.JSON).document();
    private static final String INFO = "/api/v1/system/info";
    private static final String APPLIED = "Preference-Applied";

    private final AtomicInteger reads = new AtomicInteger();

    private final ApplicationHandler jersey = new ApplicationHandler(new ResourceConfig(Outside.class)
            .registerResources(info())
            .property(ServerProperties.WADL_FEATURE_DISABLE, true)
            .registerInstances(new ErrorWriter(), new PreferredAnswers(() -> {
                reads.incrementAndGet();
                return SPEC;
            })));

    /**
     * The operation, by the generated interface alone: the interface may get more operations. It answers without a body,
     * which the spec does not declare.
     */
    private static Resource info() {
        Method operation = Stream.of(SystemApi.class.getMethods())
                .filter(method -> method.getName().equals("getSystemInfo"))
                .findFirst()
                .orElseThrow();
        Object nothing = Proxy.newProxyInstance(
                SystemApi.class.getClassLoader(),
                new Class<?>[] {SystemApi.class},
                (proxy, method, arguments) -> method.getName().equals("hashCode") ? 0 : null);
        Resource.Builder info = Resource.builder(INFO);
        info.addMethod("GET").handledBy(nothing, operation);
        return info.build();
    }

    /** A page, which is no operation of the contract. */
    @Path("page")
    public static final class Outside {
        @GET
        public String getSystemInfo() {
            return "a page";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code=200 | 200 | code=200, example=systemInfo",
                "example=systemInfo | 200 | code=200, example=systemInfo",
                "example=ER802 | 400 | code=400, example=ER802",
                "example=ER999 | 500 | code=500, example=ER999",
                "code=503 | 503 | code=503, example=ER999",
                "code=503, example=ER999 | 503 | code=503, example=ER999",
                "code=304 | 304 | code=304",
            })
    void theAnswerSaysWhichPreferenceItMeets(String preference, int status, String applied) throws Exception {
        ContainerResponse answer = ask(INFO, preference);
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getHeaderString(APPLIED)).isEqualTo(applied);
    }

    @Test
    void anAnswerHasTheHeadersAndTheExampleOfTheSpec() throws Exception {
        ContainerResponse answer = ask(INFO, "code=200");
        assertThat(((JsonNode) answer.getEntity()).path("supportedRegions")).hasToString("[\"nl-nl\",\"en-gb\"]");
        assertThat(answer.getMediaType()).hasToString("application/json");
        assertThat(answer.getHeaderString("ETag")).startsWith("\"");
        assertThat(answer.getHeaderString("X-Request-Id"))
                .as("each exchange has its own")
                .isNull();
        assertThat(ask(INFO, "code=503").getHeaderString("Retry-After")).matches("[0-9]+");
    }

    @Test
    void anAnswerWithoutBodyHasNone() throws Exception {
        ContainerResponse answer = ask(INFO, "code=304");
        assertThat(answer.hasEntity()).isFalse();
        assertThat(answer.getMediaType()).isNull();
        assertThat(answer.getHeaderString("ETag")).startsWith("\"");
    }

    @Test
    void oneErrorComesAlone() throws Exception {
        assertThat(errors("code=400").keySet()).containsExactly("ER800");
        assertThat(errors("example=ER806").get("ER806"))
                .isEqualTo(new ErrorBody.Item("ER806", "API key not found.", "Provide an API key."));
    }

    @Test
    void severalErrorsComeInOneBodyByCode() throws Exception {
        String preference = "example=\"ER806 ER802\"";
        assertThat(errors(preference).keySet()).containsExactly("ER802", "ER806");
        assertThat(ask(INFO, preference).getHeaderString(APPLIED)).isEqualTo("code=400, " + preference);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code=418 | 418",
                "code= | ''",
                "example=ER001 | ER001",
                "code=500, example=ER800 | 500 ER800",
                "example=\"ER800 ER999\" | ER800 ER999",
                "example=\"ER800 systemInfo\" | ER800 systemInfo",
                "example=\"systemInfo systemInfo\" | systemInfo systemInfo",
            })
    void anAnswerThatIsNotDeclaredIsRefusedWithThoseThatAre(String preference, String wanted) throws Exception {
        ContainerResponse answer = ask(INFO, preference);
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getHeaderString(APPLIED)).isNull();
        assertThat(answer.getMediaType()).hasToString("application/json");
        JsonNode body = ContractFeature.JSON.valueToTree(answer.getEntity());
        assertThat(body.path("error").asText()).startsWith("The operation has no answer '" + wanted + "'.");
        assertThat(body.path("declared"))
                .extracting(JsonNode::asText)
                .startsWith("200 systemInfo", "304", "400 ER800")
                .endsWith("500 ER999", "503 ER999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"respond-async", "codes=400", "example=", ""})
    void otherPreferencesLeaveTheAnswerToTheOperation(String preference) throws Exception {
        ContainerResponse answer = ask(INFO, preference);
        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.getHeaderString(APPLIED)).isNull();
        assertThat(reads).hasValue(0);
    }

    @Test
    void outsideTheContractAPreferenceIsIgnored() throws Exception {
        assertThat(ask("/page", "code=400").getEntity()).isEqualTo("a page");
    }

    @Test
    void theSpecIsReadOnce() throws Exception {
        ask(INFO, "code=400");
        ask(INFO, "code=500");
        assertThat(reads).hasValue(1);
    }

    private Map<String, ErrorBody.Item> errors(String preference) throws Exception {
        return ((ErrorBody) ask(INFO, preference).getEntity()).errors();
    }

    private ContainerResponse ask(String path, String preference) throws Exception {
        URI base = URI.create("http://localhost/");
        ContainerRequest request =
                new ContainerRequest(base, base.resolve(path), "GET", null, new MapPropertiesDelegate(), null);
        request.headers("Prefer", List.of(preference));
        return jersey.apply(request).get();
    }
}
