package dev.logintoken.launcher;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The application in the tests' WAR: tells what it sees of its surroundings. */
public final class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LARGE = 100_000;

    @Override
    public void init() {
        getServletContext().setAttribute("dev.logintoken.generalError", System.getProperty("probe.generalError"));
        if (Boolean.getBoolean("probe.fails")) {
            throw new IllegalStateException("the probe\nfails", new IllegalArgumentException("its root\ncause"));
        }
    }

    @Override
    public void destroy() {
        System.out.println("probe destroyed");
    }

    /** The context attribute, who calls, or whether there is the class or the resource, that the query asks for. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        Object answer = "/large".equals(request.getPathInfo())
                ? "x".repeat(LARGE)
                : request.getServletPath() + request.getPathInfo();
        if (name != null) {
            answer = switch (request.getPathInfo()) {
                case "/attribute" -> getServletContext().getAttribute(name);
                case "/class" -> hasClass(name);
                case "/caller" -> request.getRequestURL() + " " + request.getRemoteAddr();
                default -> getClass().getClassLoader().getResources(name).hasMoreElements();
            };
        }
        response.getWriter().print(answer);
    }

    /** Takes the milliseconds in the query, then as long as the client takes to send the body, which it returns. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        System.out.println("probe is busy");
        try {
            Thread.sleep(Long.parseLong(request.getQueryString()));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        byte[] body = request.getInputStream().readAllBytes();
        response.getWriter().print(new String(body, StandardCharsets.US_ASCII));
        System.out.println("probe is done");
    }

    private static boolean hasClass(String name) {
        try {
            return Class.forName(name, false, ProbeServlet.class.getClassLoader()) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
