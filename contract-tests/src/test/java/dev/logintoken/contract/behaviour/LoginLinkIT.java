package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.client.Visitor;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** A login link that is used again: the user whom it logged in sees the page, anybody else that it was used. */
final class LoginLinkIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = SandboxExtension.shared();

    private static final String PAGE = "/en-gb/contact-support";

    private final Visitor visitor = visitor();
    private String link = "";
    private Exchange login = new Exchange("", "", "", 0, Map.of(), "");

    @BeforeEach
    void askForLoginToken() {
        login = SANDBOX.api().loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER);
        link = link(login);
    }

    @Test
    void theFormSentTwiceAtOnceLogsInOnce() throws Exception {
        Exchange page = visitor.open(link);
        Callable<Exchange> tap = () -> visitor.send(page, PAGE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Exchange>> taps = threads.invokeAll(Collections.nCopies(8, tap));
            for (Future<Exchange> answer : taps) {
                assertThat(answer.get().status()).isEqualTo(303);
                assertThat(answer.get().header("Set-Cookie"))
                        .isEqualTo(taps.get(0).get().header("Set-Cookie"));
            }
            visitor.kept(taps.get(7).get());
        } finally {
            threads.shutdown();
        }
        assertLoggedIn(visitor.open(PAGE));
        assertThat(Api.codes(SANDBOX.api().redeem(Api.field(login, "uuid"), Api.field(login, "token"))))
                .containsExactly("ER712");
    }

    @Test
    void theFormSentAgainAfterItsAnswerGotLostLogsIn() {
        Exchange page = visitor.open(link);
        assertThat(visitor.send(page, PAGE).status()).isEqualTo(303);
        assertThat(visitor.submit(page, PAGE).status()).isEqualTo(303);
        assertLoggedIn(visitor.open(PAGE));
    }

    @Test
    void theFormSentAgainByTheUserWhomItLoggedInLeadsToThePage() {
        Exchange page = visitor.open(link);
        Exchange first = visitor.submit(page, PAGE);
        Exchange again = visitor.submit(page, PAGE);
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.header("Set-Cookie")).isEqualTo(first.header("Set-Cookie"));
        assertLoggedIn(visitor.open(PAGE));
    }

    @Test
    void theLinkOpenedAgainByTheUserWhomItLoggedInLeadsToThePageWithoutTheToken() {
        visitor.submit(visitor.open(link), PAGE);
        Exchange again = visitor.open(link);
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.header("Location")).contains(SANDBOX.service().url() + PAGE);
        assertThat(again.headers()).doesNotContainKey("set-cookie");
        assertLoggedIn(visitor.open(PAGE));
    }

    @Test
    void theSameHoldsWhenTheTokenHasExpired() {
        Exchange page = visitor.open(link);
        visitor.submit(page, PAGE);
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 301));
        assertThat(visitor.open(link).status()).isEqualTo(303);
        assertThat(visitor.submit(page, PAGE).status()).isEqualTo(303);
    }

    @Test
    void inAnotherBrowserTheLinkWasUsed() {
        Visitor stranger = visitor();
        Exchange strangersPage = stranger.open(link);
        visitor.submit(visitor.open(link), PAGE);
        assertUsed(stranger.submit(strangersPage, PAGE));
        assertUsed(stranger.open(link));
    }

    /** Though it is the same user, it is not the session that the link started. */
    @Test
    void forTheSameUserWhoLoggedInElsewhereTheLinkWasUsed() {
        Visitor elsewhere = visitor();
        Exchange page = elsewhere.open(link);
        visitor.submit(visitor.open(link), PAGE);
        Exchange another =
                SANDBOX.api().loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER);
        elsewhere.submit(elsewhere.open(link(another)), PAGE);
        assertLoggedIn(elsewhere.open(PAGE));
        assertUsed(elsewhere.open(link));
        assertUsed(elsewhere.submit(page, PAGE));
    }

    @Test
    void whenAnotherLinkTookOverTheFirstWasUsed() {
        Exchange page = visitor.open(link);
        visitor.submit(page, PAGE);
        Exchange another =
                SANDBOX.api().loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER);
        visitor.submit(visitor.open(link(another)), PAGE);
        assertUsed(visitor.open(link));
        assertUsed(visitor.submit(page, PAGE));
        assertLoggedIn(visitor.open(PAGE));
    }

    @Test
    void afterLoggingOutTheLinkWasUsed() {
        Exchange page = visitor.open(link);
        visitor.submit(page, PAGE);
        visitor.submit(visitor.open(PAGE), "/en-gb/logout");
        assertUsed(visitor.open(link));
        assertUsed(visitor.submit(page, PAGE));
        assertThat(visitor.open(PAGE).body()).contains("You are not logged in");
    }

    private static Visitor visitor() {
        return new Visitor(SANDBOX.api(), SANDBOX.service().url());
    }

    private static String link(Exchange login) {
        return PAGE + "?token=" + Api.field(login, "token") + "&uuid=" + Api.field(login, "uuid");
    }

    private static void assertLoggedIn(Exchange page) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Logged in", "a•••@example.com");
    }

    private static void assertUsed(Exchange page) {
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.body()).contains("This link has been used");
    }
}
