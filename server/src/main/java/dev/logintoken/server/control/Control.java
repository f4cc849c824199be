package dev.logintoken.server.control;

import dev.logintoken.server.config.ServerSettings.Callers;
import dev.logintoken.server.resource.SpecResource;
import dev.logintoken.server.sandbox.SandboxAssembly;
import dev.logintoken.server.testrun.TestRuns;

import java.util.ArrayList;
import java.util.List;

/** What a test may ask of a sandbox. */
public final class Control {

    private Control() {}

    /**
     * Returns the resources and filters.
     *
     * @param runs the test runs
     * @param spec the spec of the API
     * @param callers who may call
     */
    public static List<Object> resources(TestRuns runs, SpecResource spec, Callers callers) {
        List<Object> resources =
                new ArrayList<>(SandboxAssembly.resources(() -> runs.current().sandbox(), callers));
        resources.addAll(List.of(
                new ControlSpec(),
                new RunOfRequest(runs),
                new ControlParameters(),
                new ControlResource(runs),
                new JournalResource(runs),
                new RefusedMapper(),
                new PreferredAnswers(spec::document)));
        return resources;
    }
}
