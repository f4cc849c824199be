package dev.logintoken.server.operator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static dev.logintoken.server.operator.Said.done;
import static dev.logintoken.server.operator.Said.say;
import static org.assertj.core.api.Assertions.assertThat;

/** An operator rotates and replaces the keys in the database, and sees their ids. */
final class KeyCommandsTest {

    @BeforeEach
    void setUp() {
        System.setProperty("logintoken.db.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        System.setProperty("logintoken.keys.master", "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo");
        done("migrate");
    }

    @AfterEach
    void tearDown() {
        System.clearProperty("logintoken.db.url");
        System.clearProperty("logintoken.keys.master");
        System.clearProperty("logintoken.keys.file");
        System.clearProperty("logintoken.sandbox");
    }

    @Test
    void aRotatedKeyIsListedBesideTheOldOne() {
        assertThat(done("key", "list").path("keys")).isEmpty();
        JsonNode first = done("key", "rotate").path("keys");
        assertThat(first.findValuesAsText("purpose")).containsExactly("jwt", "login-token");
        JsonNode second = done("key", "rotate").path("keys");
        assertThat(second.findValuesAsText("purpose")).containsExactly("jwt", "login-token");
        assertThat(second.findValuesAsText("id")).doesNotContainAnyElementsOf(first.findValuesAsText("id"));
        JsonNode all = done("key", "list").path("keys");
        assertThat(all).hasSize(4);
        assertThat(all.findValues("verifiesUntil")).as("the old ones end").hasSize(2);
        assertThat(done("audit", "list").path("rows").findValuesAsText("action"))
                .startsWith("audit list", "key list")
                .contains("rotate key JWT", "rotate key LOGIN_TOKEN");
    }

    @Test
    void aReplacedKeyEndsWhenTheNewOneBegins() {
        done("key", "rotate");
        JsonNode replaced = done("key", "replace").path("keys");
        assertThat(replaced.findValuesAsText("id")).containsExactly("2", "2");
        JsonNode all = done("key", "list").path("keys");
        assertThat(all.findValuesAsText("id")).containsExactly("2", "1", "2", "1");
        assertThat(all.get(0).has("verifiesUntil")).isFalse();
        assertThat(all.get(1).path("verifiesUntil")).isEqualTo(all.get(0).path("signsFrom"));
    }

    @Test
    void keysThatAreElsewhereAreRefused() {
        System.clearProperty("logintoken.keys.master");
        assertThat(refused()).contains("No keys: ");
        System.setProperty("logintoken.keys.file", "keys.json");
        assertThat(refused()).contains("The keys are in the file of logintoken.keys.file; change that.");
        System.clearProperty("logintoken.keys.file");
        System.setProperty("logintoken.sandbox", "true");
        System.setProperty("logintoken.db.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        done("migrate");
        assertThat(refused()).contains("The keys of a sandbox are published");
    }

    private static String refused() {
        Said said = say("key", "rotate");
        assertThat(said.status()).isEqualTo(3);
        return said.complaint();
    }
}
