package dev.logintoken.contract.verification;

import au.com.dius.pact.provider.junitsupport.State;
import dev.logintoken.contract.pact.ProviderStates;
import dev.logintoken.contract.service.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The provider states are the same for JUnit and for verifiers of other languages. */
@SuppressWarnings("NullAway.Init")
final class ProviderStatesIT {

    private static Service service;
    private static ProviderStates states;

    @BeforeAll
    static void startService() throws IOException {
        service = Service.start();
        states = new ProviderStates(service.url());
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void junitAndTheSandboxKnowTheSameStates() {
        assertThat(Arrays.stream(PactVerification.class.getDeclaredMethods())
                        .flatMap(method -> Optional.ofNullable(method.getAnnotation(State.class)).stream())
                        .flatMap(state -> Stream.of(state.value())))
                .containsExactlyInAnyOrderElementsOf(states.names());
    }

    @Test
    void theReadmeListsTheSameStates() throws IOException {
        String readme = Files.readString(Path.of("docs/provider-states.md"));
        String tables = readme.substring(readme.indexOf("**The client**"));
        assertThat(Pattern.compile("^\\| ([^|]+) \\|", Pattern.MULTILINE)
                        .matcher(tables)
                        .results()
                        .map(row -> row.group(1))
                        .filter(name -> !name.equals("state")))
                .containsExactlyInAnyOrderElementsOf(states.names());
    }

    @Test
    void anInteractionWithoutAStateNeedsNothing() {
        assertThat(states.setUp("")).isEmpty();
    }

    @Test
    void aMissingParameterIsRefusedByName() {
        assertThatThrownBy(() -> states.setUp("the clock is ahead")).hasMessageContaining("the parameter 'seconds'");
    }

    @Test
    void anUnknownStateIsRefusedByName() {
        assertThatThrownBy(() -> states.setUp("a user from the moon")).hasMessageContaining("a user from the moon");
    }
}
