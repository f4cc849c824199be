package dev.logintoken.server;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.logintoken.server.error.FallbackMapper;
import dev.logintoken.server.error.RefusalMapper;
import dev.logintoken.server.resource.ExchangeFilter;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Context;
import org.glassfish.jersey.jackson.internal.jackson.jaxrs.json.JacksonJsonProvider;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

import java.util.List;

/** The JAX-RS application: everything is registered here by hand, nothing is searched for. */
public final class LoginTokenApplication extends ResourceConfig {

    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** @param context holds the resources that {@link Bootstrap} made */
    public LoginTokenApplication(@Context ServletContext context) {
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        // An error's status comes with our body; sendError would replace it by the container's page.
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        registerInstances(
                new JacksonJsonProvider(JSON), new ExchangeFilter(), new RefusalMapper(), new FallbackMapper());
        List<?> resources = (List<?>) context.getAttribute(Bootstrap.RESOURCES);
        resources.forEach(this::register);
    }
}
