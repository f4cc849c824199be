package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Behind PgBouncer all answers are right, in each of its modes, and a node comes up beside another. */
@Tag("slow")
final class PgBouncerIT {

    private static final int CALLERS = 6;
    private static final int ROUNDS = 30;

    @TempDir
    private Path directory;

    /** In transaction mode three sessions of the server serve twenty connections; in session mode each needs its own. */
    @ParameterizedTest
    @CsvSource({"session, 50", "transaction, 3"})
    void everyAnswerIsRight(String mode, int sessions) throws Exception {
        TestDatabase behind = Postgres.shared().createDatabase();
        try (PgBouncer bouncer = PgBouncer.start(directory, behind, mode, sessions);
                Service first = Service.startIn(directory, bouncer.database().settings())) {
            assertThat(answers(first))
                    .containsOnlyKeys("issue 200 []", "redeem 200 []", "login 200 []", "refresh 200 []");
            try (Service second = Service.startIn(directory, bouncer.database().settings())) {
                assertThat(answers(second))
                        .containsOnlyKeys("issue 200 []", "redeem 200 []", "login 200 []", "refresh 200 []");
                assertThat(second.output()).contains("A pooler stands in front of the database");
            }
        }
    }

    /** How often each answer was given. */
    private static Map<String, AtomicInteger> answers(Service service) throws Exception {
        Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
        Api api = new Api(service.url());
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Void>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                calls.add(threads.submit(() -> call(api, number, answers)));
            }
            for (Future<Void> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return new TreeMap<>(answers);
    }

    /** One of the callers. They log in one after the other: who waits too long for a password to be hashed is sent away. */
    private static Void call(Api api, int number, Map<String, AtomicInteger> answers) {
        for (int i = 0; i < ROUNDS; i++) {
            Exchange issued = count(
                    answers, "issue", api.loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER));
            if (issued.status() == 200) {
                count(answers, "redeem", api.redeem(field(issued, "uuid"), field(issued, "token")));
            }
            if (i == number * ROUNDS / CALLERS) {
                Exchange login = count(answers, "login", api.login());
                count(answers, "refresh", api.refresh(field(login, "refreshToken")));
            }
        }
        return null;
    }

    private static Exchange count(Map<String, AtomicInteger> answers, String what, Exchange answer) {
        answers.computeIfAbsent(what + " " + answer.status() + " " + codes(answer), any -> new AtomicInteger())
                .incrementAndGet();
        return answer;
    }
}
