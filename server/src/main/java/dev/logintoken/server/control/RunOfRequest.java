package dev.logintoken.server.control;

import dev.logintoken.control.ControlApi;
import dev.logintoken.server.contract.TextRule;
import dev.logintoken.server.testrun.TestRuns;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import org.glassfish.jersey.internal.inject.InjectionManager;

import java.util.Optional;
import java.util.stream.Stream;

/** Lets a request belong to the test run that its header names. */
@PreMatching
@Priority(Priorities.USER + 1) // After the filter that keeps strangers out: they make no runs.
final class RunOfRequest implements ContainerRequestFilter {

    /** The request header. */
    static final String HEADER = "Sandbox-Run";

    private static final TextRule NAME = TextRule.of(Stream.of(ControlApi.class.getMethods())
            .flatMap(method -> Stream.of(method.getParameters()))
            .filter(parameter -> parameter.isAnnotationPresent(HeaderParam.class))
            .findFirst()
            .orElseThrow());

    private final TestRuns runs;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private InjectionManager injections;

    RunOfRequest(TestRuns runs) {
        this.runs = runs;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<String> name = Optional.ofNullable(request.getHeaderString(HEADER));
        if (name.isPresent() && !NAME.allows(name.get())) {
            request.abortWith(Refused.because(
                    "The header " + HEADER + " must be " + NAME.words() + ", not '" + name.get() + "'."));
            return;
        }
        try {
            runs.enter(name, injections::inject);
        } catch (IllegalStateException e) {
            request.abortWith(Refused.because(String.valueOf(e.getMessage())));
        }
    }
}
