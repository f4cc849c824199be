package dev.logintoken.contract.stubs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.api.model.GetLoginTokenErrorCode;
import dev.logintoken.api.model.LinkErrorCode;
import dev.logintoken.api.model.UserTokenErrorCode;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The clients that the profile {@code clients} generates, each compiled and run against the service. */
@SuppressWarnings("NullAway.Init")
final class ClientsIT {

    private static Service service;

    @BeforeAll
    static void startService() throws IOException {
        service = Service.start();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** Each prints the login token of a user, and then why a request that names no user is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"jaxrs", "java", "typescript", "python", "go", "kotlin"})
    void aGeneratedClientReadsAnAnswerAndARefusal(String language) throws Exception {
        List<String> printed = printed(language);
        String who = "the client in " + language;
        assertThat(printed).as(who).hasSize(3);
        assertThat(printed.get(0)).as(who).matches("45b9313b-fa47-4786-baf1-62969dec31f2 [A-Za-z0-9_-]{64} \\S+");
        Instant expiry = OffsetDateTime.parse(printed.get(0).split(" ")[2]).toInstant();
        assertThat(Duration.between(Instant.now(), expiry))
                .as(who)
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(printed.subList(1, 3))
                .as(who)
                .containsExactlyInAnyOrder(
                        line(UserTokenErrorCode.USER_TOKEN_MISSING), line(LinkErrorCode.IDENTIFIER_MISSING));
    }

    /** The sandbox gives any declared answer on request; the program compares each with the spec's example. */
    @ParameterizedTest
    @ValueSource(strings = {"typescript", "python"})
    void aGeneratedClientReadsEveryDeclaredAnswer(String language) throws Exception {
        Spec spec = LoginTokenSpec.load();
        int declared = 0;
        for (JsonNode operation : spec.operations().values()) {
            for (JsonNode response : operation.get("responses")) {
                declared += Math.max(1, spec.examplesOf(response).size());
            }
        }
        assertThat(declared).isPositive();
        assertThat(printed(language, "answers")).containsExactly(String.valueOf(declared));
    }

    /** Returns what a program prints that uses the generated client of a language. */
    private static List<String> printed(String language, String... program) throws Exception {
        Path log = Path.of("target/clients/" + language + ".log");
        List<String> command = new ArrayList<>(
                List.of("clients/" + language + "/run", service.url().toString()));
        command.addAll(List.of(program));
        Process client = new ProcessBuilder(command).redirectError(log.toFile()).start();
        List<String> printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(client.waitFor())
                .as("the client in %s:\n%s", language, Files.readString(log))
                .isZero();
        return printed;
    }

    private static String line(GetLoginTokenErrorCode code) {
        return code.code() + " " + code.message();
    }
}
