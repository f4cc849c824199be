package dev.logintoken.bench;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** An answer of the login token's form that costs no thought, through Jersey and Jackson with their defaults. */
public final class Bare {

    private static final LoginToken CONSTANT = new LoginToken(
            "45b9313b-fa47-4786-baf1-62969dec31f2",
            "AQBrBWlZqZCRrmi6qOPeyRdzRlJk-DmegNNvgBdcbQ3Yj-fVpk7cA69njCNi82Qi",
            "2019-06-06T16:16:16Z");

    private Bare() {}

    /** The answer. */
    public record LoginToken(String uuid, String token, String expiryDate) {}

    /** The resource, at the path of the real one. */
    @Path("/v1/user/login-token")
    public static final class Constant {

        /** Always the same. */
        @GET
        @Produces(MediaType.APPLICATION_JSON)
        public LoginToken get() {
            return CONSTANT;
        }
    }

    /**
     * Serves until the process is ended.
     *
     * @param args the port
     * @throws Exception if it cannot listen there
     */
    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        server.addConnector(connector);
        ServletContextHandler api = new ServletContextHandler("/api");
        api.addServlet(new ServletHolder(new ServletContainer(new ResourceConfig(Constant.class))), "/*");
        server.setHandler(api);
        server.start();
    }
}
