package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.client.Visitor;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.WEBSITES_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** How an identifier is linked to a user who agrees: by the verifier that the user's browser brings back, and not before. */
final class LinkingIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = SandboxExtension.shared();

    private static final String RETURN_URL = "https://app.example.com/linked";
    private static final String ACTIVE_USER = "45b9313b-fa47-4786-baf1-62969dec31f2";
    private static final Pattern REFRESH = Pattern.compile("http-equiv=\"refresh\" content=\"0;url=([^\"]*)\"");
    private static final Pattern VERIFIER = Pattern.compile("[?&]verifier=([A-Za-z0-9_-]{32})(?![^#])");

    private final String identifier = UUID.randomUUID().toString().replace("-", "") + "linking";

    @Test
    void somebodyElsesRequestLinksNothing() {
        String attackers = redirectUrl(RETURN_URL);
        Visitor victim = loggedIn(attackers, "other@example.com", "other-password");
        assertThat(VERIFIER.matcher(agree(victim, attackers)).find()).isTrue();
        assertThat(codes(loginToken())).containsExactly("ER705");
    }

    @Test
    void whoComesBackWithTheVerifierIsLinked() {
        String verifier = verifier(asActiveUser(redirectUrl(RETURN_URL)));
        assertThat(codes(loginToken())).containsExactly("ER705");
        assertThat(confirm(verifier).status()).isEqualTo(204);
        assertThat(field(loginToken(), "uuid")).isEqualTo(ACTIVE_USER);
    }

    @Test
    void aVerifierLinksOnceAndWhatItLinkedStays() {
        String verifier = verifier(asActiveUser(redirectUrl(RETURN_URL)));
        assertThat(confirm(verifier).status()).isEqualTo(204);
        assertThat(codes(confirm(verifier))).containsExactly("ER056");
        assertThat(field(loginToken(), "uuid")).isEqualTo(ACTIVE_USER);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/linked?state=a%2Fb&c, https://app.example.com/linked?state=a%2Fb&c&verifier=",
        "https://app.example.com/linked?verifier=x#top, https://app.example.com/linked?verifier=",
    })
    void theRestOfTheReturnUrlComesBackAsItWas(String returnUrl, String start) {
        String back = asActiveUser(redirectUrl(returnUrl));
        assertThat(back).startsWith(start).endsWith(returnUrl.replaceFirst("[^#]*", ""));
        assertThat(confirm(verifier(back)).status()).isEqualTo(204);
    }

    @Test
    void whoDeclinesComesBackWithoutAVerifier() {
        String url = redirectUrl(RETURN_URL);
        Exchange page = loggedIn(url, "active@example.com", "active-password").open(url);
        assertThat(page.body()).contains("href=\"" + RETURN_URL + "\"").doesNotContain("verifier");
    }

    @Test
    void whoIsLinkedAlreadyComesBackWithoutAVerifier() {
        String url = redirectUrl(RETURN_URL);
        assertThat(confirm(verifier(asActiveUser(url))).status()).isEqualTo(204);
        assertThat(asActiveUser(url)).isEqualTo(RETURN_URL);
    }

    @Test
    void whoAgreesAgainVoidsTheEarlierVerifier() {
        String url = redirectUrl(RETURN_URL);
        String earlier = verifier(asActiveUser(url));
        String later = verifier(asActiveUser(url));
        assertThat(codes(confirm(earlier))).containsExactly("ER056");
        assertThat(confirm(later).status()).isEqualTo(204);
    }

    @Test
    void ofTwoUsersWhoAgreeTheVerifierTellsWhoIsLinked() {
        String url = redirectUrl(RETURN_URL);
        String others = verifier(agree(loggedIn(url, "other@example.com", "other-password"), url));
        String active = verifier(asActiveUser(url));
        assertThat(codes(confirm(others))).containsExactly("ER056");
        assertThat(confirm(active).status()).isEqualTo(204);
        assertThat(field(loginToken(), "uuid")).isEqualTo(ACTIVE_USER);
    }

    @Test
    void anotherPartnerCannotConfirm() {
        String verifier = verifier(asActiveUser(redirectUrl(RETURN_URL)));
        Exchange refused = SANDBOX.api()
                .post(
                        "/api/v1/user/confirm-identifier",
                        Map.of("identifier", identifier, "verifier", verifier),
                        "X-Api-Key",
                        WEBSITES_KEY);
        assertThat(codes(refused)).containsExactly("ER706");
        assertThat(codes(loginToken())).containsExactly("ER705");
        assertThat(confirm(verifier).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 31})
    void aVerifierHasOneSpelling(int position) {
        String verifier = verifier(asActiveUser(redirectUrl(RETURN_URL)));
        char other = verifier.charAt(position) == 'A' ? 'B' : 'A';
        String altered = verifier.substring(0, position) + other + verifier.substring(position + 1);
        for (String wrong : List.of(altered, verifier + "=", verifier + " ", verifier + "A", "\u0000" + verifier)) {
            assertThat(codes(confirm(wrong))).containsExactly("ER056");
        }
        assertThat(confirm(verifier).status()).isEqualTo(204);
    }

    @Test
    void aVerifierIsGoodForFiveMinutes() {
        String verifier = verifier(asActiveUser(redirectUrl(RETURN_URL)));
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 300));
        assertThat(codes(confirm(verifier))).containsExactly("ER057");
        SANDBOX.states().tearDown();
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 270));
        assertThat(confirm(verifier).status()).isEqualTo(204);
    }

    @Test
    void ofManyConfirmationsAtOnceOneSucceeds() throws Exception {
        String verifier = verifier(asActiveUser(redirectUrl(RETURN_URL)));
        List<Exchange> answers = atOnce(IntStream.range(0, 16)
                .<Callable<Exchange>>mapToObj(any -> () -> confirm(verifier))
                .toList());
        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 204)
                .allSatisfy(answer -> assertThat(codes(answer)).containsExactly("ER056"));
        assertThat(field(loginToken(), "uuid")).isEqualTo(ACTIVE_USER);
    }

    /** One verifier is taken, and its user is linked. */
    @Test
    void whenUsersAgreeAndPartnersConfirmAtOnceTheVerifierThatIsTakenTellsWhoIsLinked() throws Exception {
        String url = redirectUrl(RETURN_URL);
        Visitor active = loggedIn(url, "active@example.com", "active-password");
        Visitor other = loggedIn(url, "other@example.com", "other-password");
        List<String> taken = atOnce(IntStream.range(0, 16)
                        .<Callable<String>>mapToObj(i -> () -> {
                            Matcher verifier = VERIFIER.matcher(agree(i % 2 == 0 ? active : other, url));
                            return verifier.find() && confirm(verifier.group(1)).status() == 204
                                    ? i % 2 == 0 ? "active" : "other"
                                    : "";
                        })
                        .toList())
                .stream()
                .filter(user -> !user.isEmpty())
                .toList();
        // Nobody replaces the consent of the last to agree: it is taken, unless an earlier one was taken in time.
        assertThat(taken).hasSize(1);
        assertThat(field(loginToken(), "uuid").equals(ACTIVE_USER)).isEqualTo(taken.contains("active"));
    }

    @Test
    void noVerifierIsLogged() {
        String verifier = verifier(asActiveUser(redirectUrl(RETURN_URL)));
        assertThat(confirm(verifier).status()).isEqualTo(204);
        assertThat(SANDBOX.service().output()).doesNotContain(verifier);
    }

    private String redirectUrl(String returnUrl) {
        Exchange registered = SANDBOX.api().registerFor(returnUrl, identifier);
        Matcher url = Pattern.compile("\"en-gb\":\"([^\"]*)").matcher(registered.body());
        assertThat(url.find()).as(registered.body()).isTrue();
        return url.group(1);
    }

    /** Logs in as the active user, agrees, and goes where the page leads. */
    private static String asActiveUser(String redirectUrl) {
        return agree(loggedIn(redirectUrl, "active@example.com", "active-password"), redirectUrl);
    }

    private static Visitor loggedIn(String redirectUrl, String email, String password) {
        Visitor visitor = new Visitor(SANDBOX.api(), SANDBOX.service().url());
        Exchange page = visitor.open(redirectUrl);
        assertThat(visitor.submit(page, "/en-gb/link/login", "email", email, "password", password)
                        .status())
                .isEqualTo(303);
        return visitor;
    }

    private static String agree(Visitor visitor, String redirectUrl) {
        Exchange agreed = visitor.send(visitor.open(redirectUrl), "/en-gb/link");
        assertThat(agreed.header("Referrer-Policy")).contains("no-referrer");
        assertThat(agreed.header("Cache-Control")).contains("no-store");
        Matcher refresh = REFRESH.matcher(agreed.body());
        return refresh.find() ? Visitor.unescaped(refresh.group(1)) : "";
    }

    private static String verifier(String url) {
        Matcher verifier = VERIFIER.matcher(url);
        assertThat(verifier.find()).as(url).isTrue();
        return verifier.group(1);
    }

    private Exchange confirm(String verifier) {
        return SANDBOX.api().confirm(identifier, verifier);
    }

    private Exchange loginToken() {
        return SANDBOX.api().loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", identifier);
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
