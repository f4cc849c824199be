package dev.logintoken.server.log;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** The exchange that a thread serves. */
final class ExchangeTest {

    @AfterEach
    void end() {
        Exchange.end();
    }

    @Test
    void theThreadKnowsItsExchangeUntilTheEnd() {
        Exchange begun = Exchange.begin("given-id");
        assertThat(Exchange.current()).isSameAs(begun);
        assertThat(Exchange.current().id()).isEqualTo("given-id");
        Exchange.end();
        assertThat(Exchange.current().id()).isNotEqualTo("given-id");
    }

    @Test
    void theNextExchangeOfAThreadKnowsNothingOfTheLast() {
        Exchange.begin("first").calledBy(UUID.randomUUID());
        Exchange.current().recorded();
        Exchange.begin("second");
        assertThat(Exchange.current().partner()).isEmpty();
        assertThat(Exchange.current().isRecorded()).isFalse();
    }

    @Test
    void otherThreadsHaveTheirOwn() {
        Exchange.begin("mine");
        assertThat(CompletableFuture.supplyAsync(() -> Exchange.current().id()).join())
                .isNotEqualTo("mine");
    }
}
