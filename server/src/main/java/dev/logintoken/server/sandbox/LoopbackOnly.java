package dev.logintoken.server.sandbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Keeps the sandbox, whose credentials are published, to the machine it runs on. */
@PreMatching
final class LoopbackOnly implements ContainerRequestFilter {

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext exchange) {
        if (!loopback(request.getRemoteAddr())) {
            throw new ForbiddenException();
        }
    }

    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
