package dev.logintoken.contract.cluster;

import dev.logintoken.contract.cluster.ClusterHistory.Event;
import dev.logintoken.contract.cluster.ClusterHistory.Kind;
import dev.logintoken.contract.cluster.ClusterHistory.Tables;
import dev.logintoken.contract.cluster.ClusterHistory.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static dev.logintoken.contract.cluster.ClusterHistory.AWAY;
import static dev.logintoken.contract.cluster.ClusterHistory.NONE;
import static dev.logintoken.contract.cluster.ClusterHistory.OK;
import static org.assertj.core.api.Assertions.assertThat;

/** The check of a cluster's history sees what must not be, and nothing else. */
final class ClusterHistoryTest {

    private static final String TOKEN = "a".repeat(64);
    private static final Tables EMPTY = new Tables(Set.of(), Map.of(), 0);
    private static final Tables REDEEMED = new Tables(Set.of(TOKEN), Map.of("a".repeat(16), 1), 0);

    @TempDir
    private Path directory;

    private ClusterHistory history;

    @BeforeEach
    void begin() throws IOException {
        history = new ClusterHistory(directory.resolve("history"));
    }

    @Test
    void oneRedemptionAndItsRepetitionsAreRight() throws IOException {
        assertThat(check(REDEEMED, OK, "ER712", AWAY, NONE)).isEqualTo(new Verdict(4, 1, 1, 0, List.of()));
    }

    @Test
    void aRedemptionWhoseAnswerWasLostIsRight() throws IOException {
        assertThat(check(REDEEMED, NONE, "ER712")).isEqualTo(new Verdict(2, 1, 0, 1, List.of()));
    }

    @Test
    void aTokenThatWasRedeemedTwiceIsAFault() throws IOException {
        assertThat(check(REDEEMED, OK, OK).faults()).singleElement().asString().contains("redeemed 2 times");
    }

    @Test
    void aRedemptionThatIsNotKeptIsAFault() throws IOException {
        assertThat(check(EMPTY, OK).faults()).singleElement().asString().contains("is lost");
    }

    @Test
    void aTokenThatWasCalledUsedAndIsNotKeptIsAFault() throws IOException {
        assertThat(check(EMPTY, NONE, "ER712").faults())
                .singleElement()
                .asString()
                .contains("is lost");
    }

    @Test
    void aRedemptionThatTheAuditLacksOrHasTwiceIsAFault() throws IOException {
        assertThat(check(new Tables(Set.of(TOKEN), Map.of(), 0), OK).faults())
                .singleElement()
                .asString()
                .contains("audit");
        begin();
        assertThat(check(new Tables(Set.of(TOKEN), Map.of("a".repeat(16), 2), 0), OK)
                        .faults())
                .singleElement()
                .asString()
                .contains("audit");
    }

    @Test
    void aRedemptionOfAnExpiredTokenNeedsItsLineInTheAuditOnly() throws IOException {
        assertThat(check(new Tables(Set.of(), Map.of("a".repeat(16), 1), 2), OK, "ER711"))
                .isEqualTo(new Verdict(2, 1, 1, 0, List.of()));
        begin();
        assertThat(check(new Tables(Set.of(), Map.of(), 2), OK).faults())
                .singleElement()
                .asString()
                .contains("is lost");
        begin();
        assertThat(check(new Tables(Set.of(), Map.of("a".repeat(16), 1), 1), OK).faults())
                .hasSize(2);
    }

    @Test
    void anotherRefusalIsAFault() throws IOException {
        assertThat(check(EMPTY, "ER710").faults()).singleElement().asString().contains("outside the contract");
    }

    @Test
    void aRefreshTokenThatWasUsedTwiceIsAFault() throws IOException {
        history.add(new Event(1, 0, Kind.REFRESH, "b", OK));
        history.add(new Event(2, 1, Kind.REFRESH, "b", OK));
        assertThat(check(EMPTY).faults()).singleElement().asString().contains("refresh token was used 2 times");
    }

    @Test
    void aRevokedKeyThatIsAcceptedIsAFault() throws IOException {
        history.add(new Event(1, 0, Kind.REVOKED, "key", "ER805"));
        history.add(new Event(2, 1, Kind.REVOKED, "key", OK));
        assertThat(check(EMPTY).faults()).singleElement().asString().contains("outside the contract");
    }

    @Test
    void aRefreshTokenThatIsAcceptedAfterTheLogoutIsAFault() throws IOException {
        history.add(new Event(1, 0, Kind.LOGGED_OUT, "b", "ER821"));
        history.add(new Event(2, 1, Kind.LOGGED_OUT, "b", OK));
        assertThat(check(EMPTY).faults()).singleElement().asString().contains("outside the contract");
    }

    private Verdict check(Tables tables, String... outcomes) throws IOException {
        for (String outcome : outcomes) {
            history.add(new Event(1, 0, Kind.REDEEM, TOKEN, outcome));
        }
        history.close();
        return history.check(tables);
    }
}
