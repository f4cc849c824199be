package dev.logintoken.server;

import dev.logintoken.server.contract.ConditionalGet;
import dev.logintoken.server.contract.ContractFeature;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.RuntimeDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.spi.AbstractContainerLifecycleListener;
import org.glassfish.jersey.server.spi.Container;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.CodeSource;
import java.util.List;

/** The JAX-RS application. It registers all classes explicitly and scans for none. */
public final class LoginTokenApplication extends ResourceConfig {

    /** Context attribute: the resources and filters to serve, as a list of objects. */
    static final String RESOURCES = "dev.logintoken.resources";

    private static final Logger LOG = LoggerFactory.getLogger(LoginTokenApplication.class);

    public LoginTokenApplication(@Context ServletContext context) {
        addProperties(ContractFeature.PROPERTIES);
        register(new ContractFeature());
        register(new ConditionalGet(ContractFeature.JSON));
        register(new Implementation());
        List<?> resources = (List<?>) context.getAttribute(RESOURCES);
        resources.forEach(this::register);
    }

    /** Logs which JAX-RS implementation runs, since a container may bring its own. */
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
