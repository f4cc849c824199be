package dev.logintoken.server.monitoring;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Answers which release this node runs, in the form of Spring Boot Actuator's info. */
@Path("/info")
@Produces(MediaType.APPLICATION_JSON)
public final class InfoResource {

    private final Info info;

    /** The answer. */
    public record Info(Build build, Git git) {}

    /** The release. */
    public record Build(String name, String version) {}

    /** The Git commit that the release was built from. */
    public record Git(Commit commit) {}

    /** The commit by its id. */
    public record Commit(String id) {}

    public InfoResource(Release release) {
        info = new Info(new Build("login-token", release.version()), new Git(new Commit(release.commit())));
    }

    /** Returns version and commit. */
    @GET
    public Info info() {
        return info;
    }
}
