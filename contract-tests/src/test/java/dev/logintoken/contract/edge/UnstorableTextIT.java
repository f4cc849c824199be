package dev.logintoken.contract.edge;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.WEBSITES_KEY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A text that a database cannot hold is as wrong as any other that nobody has, on H2 as on a PostgreSQL whose encoding is
 * LATIN1: NUL, half a surrogate pair, a letter that the encoding lacks.
 */
@SuppressWarnings("NullAway.Init")
final class UnstorableTextIT {

    private static final String FORGED = "FORGED";

    @TempDir
    private static Path directory;

    private static TestDatabase latin1;
    private static Service onPostgres;
    private static Service onH2;

    @BeforeAll
    static void startAll() throws Exception {
        latin1 = Postgres.shared().createDatabase("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        onPostgres = Service.startIn(directory, latin1.settings());
        onH2 = Service.startOn(
                TestDatabase.sandboxOn("jdbc:h2:mem:unstorable;DB_CLOSE_DELAY=-1"), directory, List.of());
    }

    @AfterAll
    static void stopAll() {
        onPostgres.close();
        onH2.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u0000\\nINFO FORGED\\u001b[31m", "\\u2603", "\\ud800", "\\udc00\\ud800"})
    void itIsAWrongValueOfItsField(String escaped) {
        String name = "\"a" + escaped + FORGED + "@example.com\"";
        assertThat(codes("/api/v1/authenticate", "{\"username\":" + name + ",\"password\":\"x\"}"))
                .containsExactly("ER811");
        assertThat(codes("/api/v1/user/login", "{\"emailAddress\":" + name + ",\"password\":\"x\"}"))
                .isSubsetOf("ER001", "ER005")
                .hasSize(1);
        assertThat(codes("/api/v1/refresh", "{\"refreshToken\":" + name + "}")).containsExactly("ER821");
        assertThat(codes(
                        "/api/v1/user/register-identifier",
                        "{\"identifier\":" + name + ",\"returnUrl\":\"https://app.example.com/linked\"}"))
                .containsExactly("ER707");
        assertThat(codes(
                        "/api/v1/user/register-identifier",
                        "{\"identifier\":\"unstorable00000000000000000000000000000\",\"returnUrl\":" + name + "}"))
                .containsExactly("ER054");
        assertThat(codes("/api/v1/user/login-token/redeem", "{\"uuid\":" + name + ",\"token\":" + name + "}"))
                .containsExactly("ER710");
        for (Service service : List.of(onPostgres, onH2)) {
            assertThat(service.output()).doesNotContain(FORGED).doesNotContain("\tat ");
        }
    }

    /** The password counts, too: a name that the database cannot hold must be no way to guess without an end. */
    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u2603"})
    void attemptsAreCounted(String escaped) {
        String body = "{\"emailAddress\":\"counted" + escaped + "@example.com\",\"password\":\"x\"}";
        for (Service service : List.of(onPostgres, onH2)) {
            Set<String> codes = Set.of();
            for (int i = 0; i < 12 && !codes.contains("ER006"); i++) {
                codes = Api.codes(post(service, "/api/v1/user/login", body));
            }
            // What is no email address at all is refused before anybody is looked for.
            assertThat(codes).isNotEmpty().isSubsetOf("ER006", "ER001");
        }
    }

    /** The codes of the answer, the same on both databases. */
    private static Set<String> codes(String path, String body) {
        Exchange postgres = post(onPostgres, path, body);
        Exchange h2 = post(onH2, path, body);
        assertThat(postgres.status()).isEqualTo(400);
        assertThat(postgres.body()).isEqualTo(h2.body());
        return Api.codes(postgres);
    }

    private static Exchange post(Service service, String path, String body) {
        String key = path.endsWith("redeem") ? WEBSITES_KEY : PARTNERS_KEY;
        return new Api(service.url())
                .send("POST", path, body, Api.with("X-Api-Key", key, "Content-Type", "application/json"));
    }
}
