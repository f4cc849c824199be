package dev.logintoken.server.contract;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.logintoken.server.http.AcceptFilter;
import dev.logintoken.server.http.EmptyErrors;
import dev.logintoken.server.http.ErrorWriter;
import dev.logintoken.server.http.FallbackMapper;
import dev.logintoken.server.http.OptionsFilter;
import dev.logintoken.server.http.QuietWriter;
import dev.logintoken.server.http.RequestHeaders;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.jackson.internal.jackson.jaxrs.json.JacksonJsonProvider;
import org.glassfish.jersey.server.ServerProperties;

import java.util.Map;

/** Registers what the generated interfaces' implementations need: JSON, parameter checks and error answers. */
public final class ContractFeature implements Feature {

    /** The size up to which answers are buffered. Longer answers are sent in chunks. */
    private static final int MAX_BUFFERED_BYTES = 1024;

    /** The configuration of an application with this feature. Jersey reads it before it runs a feature. */
    public static final Map<String, Object> PROPERTIES = Map.of(
            ServerProperties.WADL_FEATURE_DISABLE, true,
            ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
            ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
            // A container's own Jersey would otherwise read and write JSON, and refuse bodies, in its own ways.
            ServerProperties.BV_FEATURE_DISABLE, true,
            CommonProperties.JSON_BINDING_FEATURE_DISABLE, true,
            CommonProperties.MOXY_JSON_FEATURE_DISABLE, true,
            // An error's status comes with our body; sendError would replace the body by the container's page.
            ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true,
            // Nearly all answers are shorter. The default would allocate eight times as much for each.
            ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, MAX_BUFFERED_BYTES);

    /**
     * Reads and writes JSON as the spec defines it: an instant is a string, and a number is not accepted as a string.
     */
    public static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(LogicalType.Textual, ContractFeature::textOnly)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static void textOnly(MutableCoercionConfig coercions) {
        coercions
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new JacksonJsonProvider(JSON))
                .register(new RequestHeaders())
                .register(new AcceptFilter())
                .register(new OptionsFilter())
                .register(new BodyReader())
                .register(new QuietWriter())
                .register(new ErrorWriter())
                .register(new EmptyErrors())
                .register(new ParameterConverters())
                .register(new OperationCalls.Binder())
                .register(new RefusalMapper())
                .register(new UnreadableBodyMapper())
                .register(new InvalidParameterMapper())
                .register(new ParamExceptionMapper())
                .register(new FallbackMapper());
        return true;
    }
}
