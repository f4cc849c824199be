package dev.logintoken.server.administration;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Session;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator changes of a partner, and the audit row that each change leaves. */
final class PartnerAdministrationTest {

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Sessions sessions = new Sessions(sandbox.database(), RowCache.off());
    private final Administration administration =
            new Administration(sandbox.database(), sandbox.clock(), "an operator");
    private final PartnerAdministration partners = administration.partners();

    @Test
    void aNewPartnerHasEachOriginOnce() {
        UUID partner = create("new", "https://b.example.com", "https://a.example.com", "https://b.example.com");
        PartnerAdministration.Details details = partners.find("new").orElseThrow();
        assertThat(details.uuid()).isEqualTo(partner);
        assertThat(details.role()).isEqualTo(Partner.Role.APP);
        assertThat(details.disabledAt()).isEmpty();
        assertThat(details.origins()).containsExactly("https://a.example.com", "https://b.example.com");
        assertThat(audited("partner create")).singleElement().satisfies(row -> {
            assertThat(row.actor()).isEqualTo("an operator");
            assertThat(row.partner()).contains(partner);
        });
    }

    @Test
    void aNameThatIsTakenMakesNoPartner() {
        create("new");
        assertThat(partners.create("new", Partner.Role.APP, Optional.empty(), List.of("https://a.example.com")))
                .isEmpty();
        assertThat(partners.find("new").orElseThrow().origins()).isEmpty();
        assertThat(audited("partner create")).hasSize(1);
    }

    @Test
    void aPartnerIsFoundByNameOrUuid() {
        assertThat(partners.find(PARTNER.toString().toUpperCase(Locale.ROOT))
                        .orElseThrow()
                        .username())
                .isEqualTo("sandbox");
        assertThat(partners.find("sandbox").orElseThrow().uuid()).isEqualTo(PARTNER);
        assertThat(partners.find("Sandbox")).isEmpty();
        assertThat(partners.list())
                .extracting(PartnerAdministration.Details::username)
                .containsExactly("elsewhere", "sandbox", "website");
    }

    @Test
    void aDisabledPartnerLosesItsLoginTokensAndSessions() {
        UUID session = login(PARTNER);
        UUID elsewhere = login(ELSEWHERE);
        byte[] stamp = stamp();
        partners.disable(PARTNER);
        assertThat(partners.find("sandbox").orElseThrow().disabledAt()).contains(sandbox.now());
        assertThat(stamp()).isNotEqualTo(stamp);
        assertThat(lives(session, PARTNER)).isFalse();
        assertThat(lives(elsewhere, ELSEWHERE)).isTrue();
        assertAudited("partner disable");
    }

    @Test
    void anEnabledPartnerIsAudited() {
        partners.disable(PARTNER);
        partners.enable(PARTNER);
        assertThat(partners.find("sandbox").orElseThrow().disabledAt()).isEmpty();
        partners.enable(UUID.randomUUID());
        assertAudited("partner enable");
    }

    @Test
    void loginTokensAreRevokedWithOrWithoutSessions() {
        UUID session = login(PARTNER);
        byte[] first = stamp();
        partners.revoke(PARTNER, false);
        byte[] second = stamp();
        assertThat(second).isNotEqualTo(first);
        assertThat(lives(session, PARTNER)).isTrue();
        assertAudited("revoke partner");
        partners.revoke(PARTNER, true);
        assertThat(stamp()).isNotEqualTo(second);
        assertThat(lives(session, PARTNER)).isFalse();
    }

    private void assertAudited(String action) {
        assertThat(audited(action)).singleElement().satisfies(row -> {
            assertThat(row.actor()).isEqualTo("an operator");
            assertThat(row.outcome()).isEqualTo("OK");
            assertThat(row.partner()).contains(PARTNER);
            assertThat(row.user()).isEmpty();
            assertThat(row.request()).isEmpty();
        });
    }

    private List<AuditSearch.Row> audited(String action) {
        return Trail.of(administration, action);
    }

    private UUID create(String name, String... origins) {
        return partners.create(name, Partner.Role.APP, Optional.empty(), List.of(origins))
                .orElseThrow();
    }

    private byte[] stamp() {
        return sandbox.partner(PARTNER).stamp();
    }

    private UUID login(UUID partner) {
        UUID sid = UUID.randomUUID();
        Session session = new Session(
                sid, partner, Optional.of(ACTIVE_USER), sandbox.now().plus(Duration.ofDays(1)), false);
        sandbox.database().transaction(handle -> {
            Sessions.insert(handle, session, sandbox.now());
            return true;
        });
        return sid;
    }

    private boolean lives(UUID session, UUID partner) {
        return sessions.lives(session, partner, Optional.of(ACTIVE_USER));
    }
}
