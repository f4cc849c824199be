package dev.logintoken.server;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.logintoken.server.error.EmptyErrors;
import dev.logintoken.server.error.FallbackMapper;
import dev.logintoken.server.error.RefusalMapper;
import dev.logintoken.server.error.UnreadableBodyMapper;
import dev.logintoken.server.resource.BodyReader;
import dev.logintoken.server.resource.ExchangeFilter;
import dev.logintoken.server.resource.OptionsFilter;
import dev.logintoken.server.resource.QuietWriter;
import dev.logintoken.server.resource.Revalidation;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.RuntimeDelegate;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.jackson.internal.jackson.jaxrs.json.JacksonJsonProvider;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.spi.AbstractContainerLifecycleListener;
import org.glassfish.jersey.server.spi.Container;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.CodeSource;
import java.util.List;

/** The JAX-RS application: everything is registered here by hand, nothing is searched for. */
public final class LoginTokenApplication extends ResourceConfig {

    private static final Logger LOG = LoggerFactory.getLogger(LoginTokenApplication.class);

    /** Longer answers are sent in chunks. */
    private static final int ENOUGH_BYTES = 1024;

    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(LogicalType.Textual, LoginTokenApplication::textOnly)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static void textOnly(MutableCoercionConfig coercions) {
        coercions
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** @param context holds the resources that {@link Bootstrap} made */
    public LoginTokenApplication(@Context ServletContext context) {
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        // What a container's own Jersey adds would read and write JSON, and refuse bodies, in ways that are not ours.
        property(ServerProperties.BV_FEATURE_DISABLE, true);
        property(CommonProperties.JSON_BINDING_FEATURE_DISABLE, true);
        property(CommonProperties.MOXY_JSON_FEATURE_DISABLE, true);
        // An error's status comes with our body; sendError would replace it by the container's page.
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        // Nearly all answers are shorter, and each would have eight times as much room made for it.
        property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, ENOUGH_BYTES);
        registerInstances(
                new JacksonJsonProvider(JSON),
                new ExchangeFilter(),
                new OptionsFilter(),
                new BodyReader(),
                new QuietWriter(),
                new EmptyErrors(),
                new Revalidation(JSON),
                new RefusalMapper(),
                new UnreadableBodyMapper(),
                new FallbackMapper());
        register(new Implementation());
        List<?> resources = (List<?>) context.getAttribute(Bootstrap.RESOURCES);
        resources.forEach(this::register);
    }

    /** Tells the log which JAX-RS is at work, since a container may slip in its own. */
    private static final class Implementation extends AbstractContainerLifecycleListener {

        @Override
        public void onStartup(Container container) {
            LOG.info(
                    "JAX-RS: {}, {}",
                    origin(ApplicationHandler.class),
                    origin(RuntimeDelegate.getInstance().getClass()));
        }

        private static String origin(Class<?> type) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            return type.getName() + (source == null ? "" : " of " + source.getLocation());
        }
    }
}
