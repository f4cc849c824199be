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
 * Jersey, which is taken apart only when no request is in it any more. Not every container waits for that, and a request
 * that Jersey ends under leaves its scope at the container's thread, and by that all our classes when we are long gone.
 */
public final class LoginTokenServlet extends ServletContainer {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LoginTokenServlet.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One for each request, and all of them for the end. */
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
            // The launcher has waited already, as long as its settings say.
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
