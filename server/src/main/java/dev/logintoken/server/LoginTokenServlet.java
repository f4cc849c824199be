package dev.logintoken.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import org.glassfish.jersey.servlet.ServletContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs Jersey, and destroys it only after the last request has ended. Not every container waits for that. If Jersey is
 * destroyed during a request, the container's thread keeps the request's scope. That scope would keep all our classes
 * in memory after the application is undeployed.
 */
public final class LoginTokenServlet extends ServletContainer {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LoginTokenServlet.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Each request holds one permit; {@link #destroy} takes all of them. */
    private final transient Semaphore places = new Semaphore(Integer.MAX_VALUE);

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        if (!places.tryAcquire()) {
            throw new UnavailableException("login-token has ended");
        }
        try {
            super.service(request, response);
        } finally {
            places.release();
        }
    }

    @Override
    public void destroy() {
        try {
            // The launcher has waited already, for as long as its settings say.
            boolean waited = Boolean.TRUE.equals(getServletContext().getAttribute(Bootstrap.EXECUTABLE));
            if (!places.tryAcquire(Integer.MAX_VALUE, waited ? 0 : PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    && !waited) {
                LOG.warn("Requests are still in progress after {} s", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        super.destroy();
    }
}
