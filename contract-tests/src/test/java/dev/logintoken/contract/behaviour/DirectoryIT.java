package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Answers that depend on rows which the test writes itself, behind the service's back. */
final class DirectoryIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = new SandboxExtension(TestDatabase::open);

    private static final String PASSWORD = "active-password";

    private final UUID partner = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();
    private final String key = "key-" + partner;
    private final String email = user + "@example.com";
    private final String identifier = (user + "directory").replace("-", "");

    @BeforeEach
    void aPartnerWithOneOriginAndAUser() throws Exception {
        execute(
                "insert into partner (uuid, username, role, stamp) select ?, ?, role, stamp from partner"
                        + " where username = 'sandbox'",
                partner,
                "partner-" + partner);
        execute("insert into partner_origin (partner, origin) values (?, 'https://app.example.com')", partner);
        execute("insert into api_key (sha256, partner) values (?, ?)", sha256(key), partner);
        execute(
                "insert into account (uuid, email, password_hash, stamp) select ?, ?, password_hash, stamp from account"
                        + " where email = 'active@example.com'",
                user,
                email);
        execute(
                "insert into identifier (identifier, uuid, partner, account) values (?, ?, ?, ?)",
                identifier,
                UUID.randomUUID(),
                partner,
                user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://app.example.com/linked?from=here#top",
                "HTTPS://APP.EXAMPLE.COM/linked",
            })
    void aReturnUrlOnARegisteredOriginIsAccepted(String url) {
        assertThat(register(url).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/linked",
                "https://app.example.com.evil.example/linked",
                "https://app.example.com@evil.example/linked",
                "https://evil.example/https://app.example.com",
                "https://sub.app.example.com/linked",
                "https://app.example.co/linked",
                "https://app.example.com:8443/linked",
                "http://app.example.com/linked",
            })
    void aReturnUrlOnAnotherOriginIsRefused(String url) {
        assertThat(codes(register(url))).containsExactly("ER054");
    }

    @Test
    void aDeletedUserCannotLogIn() throws Exception {
        assertThat(SANDBOX.api().login(email, PASSWORD).status()).isEqualTo(200);
        delete();
        assertThat(codes(SANDBOX.api().login(email, PASSWORD))).containsExactly("ER005");
    }

    @Test
    void aUserTokenThatWasUsedIsGoodNoMoreAfterLogout() {
        String token = "Bearer " + field(SANDBOX.api().login(email, PASSWORD), "token");
        String[] request = {"X-Api-Key", PARTNERS_KEY, "User-Authorization", token};
        assertThat(SANDBOX.api().loginToken(request).status()).isEqualTo(200);
        assertThat(SANDBOX.api()
                        .send("POST", "/api/v1/user/logout", "", Api.with("User-Authorization", token))
                        .status())
                .isEqualTo(204);
        assertThat(codes(SANDBOX.api().loginToken(request))).containsExactly("ER702");
    }

    @ParameterizedTest
    @CsvSource({
        "update account set deleted_at = current_timestamp where uuid = ?, true",
        "update account set stamp = (select stamp from account where email = 'other@example.com') where uuid = ?, true",
        "update partner set disabled_at = current_timestamp where uuid = ?, false",
        "update partner set stamp = (select stamp from partner where username = 'website') where uuid = ?, false",
    })
    void aTokenWhoseUserOrPartnerChangedIsNotRedeemed(String change, boolean ofUser) throws Exception {
        String earlier = issue();
        String token = issue();
        assertThat(redeem(earlier).status()).isEqualTo(200);
        execute(change, ofUser ? user : partner);
        assertThat(codes(redeem(token))).containsExactly("ER710");
        assertThat(count("select count(*) from redeemed_login_token where account = ?", user))
                .isEqualTo(1);
    }

    private String issue() {
        return field(SANDBOX.api().loginToken("X-Api-Key", key, "User-Identifier", identifier), "token");
    }

    private Exchange redeem(String token) {
        return SANDBOX.api().redeem(user.toString(), token);
    }

    private void delete() throws SQLException {
        execute("update account set deleted_at = current_timestamp where uuid = ?", user);
    }

    private Exchange register(String returnUrl) {
        return SANDBOX.api()
                .post(
                        "/api/v1/user/register-identifier",
                        Map.of("identifier", identifier, "returnUrl", returnUrl),
                        "X-Api-Key",
                        key);
    }

    private static void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = SANDBOX.database().connect();
                PreparedStatement statement = prepare(connection, sql, values)) {
            assertThat(statement.executeUpdate()).as(sql).isEqualTo(1);
        }
    }

    private static long count(String sql, Object... values) throws SQLException {
        try (Connection connection = SANDBOX.database().connect();
                PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
