package dev.logintoken.server.control;

import dev.logintoken.server.resource.SpecResource;
import dev.logintoken.server.sandbox.SandboxAssembly;
import dev.logintoken.server.testrun.TestRuns;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a test may ask of a sandbox. */
public final class Control {

    private Control() {}

    /**
     * Returns the resources and filters.
     *
     * @param runs the test runs
     * @param spec the spec of the API
     * @param remote whether to serve requests from addresses other than loopback, too
     * @param hosts host names besides the loopback ones that the sandbox answers to, in lower case
     */
    public static List<Object> resources(TestRuns runs, SpecResource spec, boolean remote, Set<String> hosts) {
        List<Object> resources =
                new ArrayList<>(SandboxAssembly.resources(() -> runs.current().sandbox(), remote, hosts));
        resources.addAll(List.of(
                new ControlSpec(),
                new RunOfRequest(runs),
                new ControlParameters(),
                new ControlResource(runs),
                new RefusedMapper(),
                new PreferredAnswers(spec::document)));
        return resources;
    }
}
