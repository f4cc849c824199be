package dev.logintoken.sandbox;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sandbox as an extension of JUnit 5.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LoginTokenSandbox sandbox = LoginTokenSandbox.builder().build();
 * }</pre>
 *
 * <p>The first test class starts it. Later classes with the same options use it, too, and it ends with the JVM. After
 * each test it is reset to its fixture. When a test fails, standard error shows what the service logged meanwhile. Tests
 * that run in parallel in one JVM would reset each other's sandbox: give each a {@link Sandbox} instead.
 */
public final class LoginTokenSandbox implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, TestWatcher {

    private static final Map<SandboxOptions, Sandbox> RUNNING = new ConcurrentHashMap<>();

    private final SandboxOptions options;
    private int logged;

    private LoginTokenSandbox(SandboxOptions options) {
        this.options = options;
    }

    /** Returns a builder. Without further calls it builds a sandbox with the default settings. */
    public static SandboxBuilder<LoginTokenSandbox> builder() {
        return new SandboxBuilder<>(LoginTokenSandbox::new);
    }

    /** Returns where the sandbox answers, without a slash at the end, such as {@code http://127.0.0.1:43211}. */
    public URI url() {
        return sandbox().url();
    }

    /** Makes a fact true until the end of the test, such as "a deleted user", and returns its values. */
    public ProviderState given(String state) {
        return sandbox().given(state);
    }

    /** Makes a fact that takes parameters true until the end of the test, and returns its values. */
    public ProviderState given(String state, Map<String, ?> params) {
        return sandbox().given(state, params);
    }

    /** Returns the provider states, with their address for a Pact verifier. */
    public ProviderStates states() {
        return sandbox().states();
    }

    /** Returns the sandbox's clock. What a test changes is undone after it. */
    public SandboxClock clock() {
        return sandbox().clock();
    }

    /** Returns the service's log, with a line for each request. */
    public String log() {
        return sandbox().log();
    }

    /** Returns the running sandbox; it is started if no test has done so. */
    public Sandbox sandbox() {
        return RUNNING.compute(
                options,
                (same, running) -> running != null && running.process().isAlive() ? running : Sandbox.start(same));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        sandbox();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        logged = log().length();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        sandbox().reset();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        System.err.println("The log of login-token at " + url() + " during " + context.getDisplayName() + ":\n"
                + log().substring(logged));
    }
}
