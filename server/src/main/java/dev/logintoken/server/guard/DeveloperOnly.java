package dev.logintoken.server.guard;

import dev.logintoken.server.config.ServerSettings.Callers;
import dev.logintoken.server.log.Escaped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Restricts the sandbox, whose credentials are published, to the developer on this machine. It refuses requests from
 * other machines, and requests that a proxy on this machine forwards. It also refuses requests from web pages in the
 * developer's browser: cross-site requests, and requests from pages whose host name was made to point to this machine
 * (DNS rebinding).
 */
@PreMatching
public final class DeveloperOnly implements ContainerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(DeveloperOnly.class);

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Matches the headers by which proxies tell on whose behalf they call. */
    private static final Pattern OF_A_PROXY =
            Pattern.compile("(?i)via|x-real-ip|.*forwarded.*|.*client-ip|.*connecting-ip");

    private final Callers callers;

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletRequest request;

    public DeveloperOnly(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void filter(ContainerRequestContext exchange) {
        complaint(exchange).ifPresent(complaint -> {
            LOG.warn("The sandbox refused a request: {}", complaint);
            throw new ForbiddenException();
        });
    }

    private Optional<String> complaint(ContainerRequestContext exchange) {
        String host = request.getServerName();
        if (!callers.remote() && !isLoopback(request.getRemoteAddr())) {
            return Optional.of("it came from another machine. logintoken.sandbox.remote=true allows that.");
        }
        if (!callers.remote() && exchange.getHeaders().keySet().stream().anyMatch(DeveloperOnly::isOfAProxy)) {
            return Optional.of("a proxy forwarded it. logintoken.sandbox.remote=true allows that.");
        }
        if (!answersTo(host)) {
            return Optional.of("its host name is '" + Escaped.text(host) + "'. logintoken.sandbox.hosts allows others"
                    + " than localhost.");
        }
        if (exchange.getUriInfo().getPath().startsWith("_") && isCrossSite(exchange)) {
            return Optional.of("a page of another site sent it, to change the sandbox.");
        }
        return Optional.empty();
    }

    private static boolean isOfAProxy(String header) {
        return OF_A_PROXY.matcher(header).matches();
    }

    private boolean answersTo(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || callers.hosts().contains(name)
                // An address is safe: unlike a name that an attacker owns, it cannot be made to point elsewhere.
                || (isAddress(name) && (callers.remote() || isLoopback(name)));
    }

    private static boolean isAddress(String name) {
        return IPV4.matcher(name).matches() || name.indexOf(':') >= 0;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Returns whether a request may come from another site. Programs send neither header. Browsers send both with a
     * request that can do harm. An app whose origin is allowed counts as the sandbox's own.
     */
    private boolean isCrossSite(ContainerRequestContext exchange) {
        String site = exchange.getHeaderString("Sec-Fetch-Site");
        String origin = exchange.getHeaderString(OtherOrigins.ORIGIN);
        if (callers.allowsOrigin(origin)) {
            return false;
        }
        return (site != null && !Set.of("same-origin", "none").contains(site))
                || (origin != null
                        && !origin.replaceFirst("^https?://", "").equals(exchange.getHeaderString(HttpHeaders.HOST)));
    }
}
