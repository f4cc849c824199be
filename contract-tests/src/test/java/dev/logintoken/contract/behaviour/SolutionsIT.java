package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.OTHER_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Every solution in the catalog can be followed: a caller who is refused does what it says, and gets a login token. */
final class SolutionsIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = SandboxExtension.shared();

    private static final String KEY = "X-Api-Key";
    private static final String IDENTIFIER = "User-Identifier";
    private static final String USER = "User-Authorization";
    private static final String CLIENT = "Authorization";
    private static final int TWO_HOURS = 7200;

    /** What a caller sent at first, and what it sends after doing as it was told. */
    private record Story(Exchange refused, Exchange after) {}

    /** Gets refused, and follows the solution. */
    @FunctionalInterface
    private interface Plot {
        Story play();
    }

    @Test
    void everyCodeHasASolutionThatIsFollowed() {
        assertThat(LoginTokenSpec.load().codes("getLoginToken").stream().filter(code -> !code.equals("ER999")))
                .containsExactlyInAnyOrderElementsOf(plots().keySet());
    }

    static Stream<String> theSolutionLeadsToALoginToken() {
        return plots().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource
    void theSolutionLeadsToALoginToken(String code) {
        Story story = plots().getOrDefault(
                        code,
                        () -> new Story(
                                SANDBOX.api().loginToken(), SANDBOX.api().loginToken()))
                .play();
        assertThat(codes(story.refused())).contains(code);
        assertThat(story.after().status()).as(story.after().body()).isEqualTo(200);
    }

    private static Map<String, Plot> plots() {
        Map<String, Plot> plots = new TreeMap<>();
        plots.put(
                "ER700",
                () -> new Story(
                        asPartner(), asPartner(USER, bearer(SANDBOX.api().login()))));
        plots.put("ER701", SolutionsIT::refreshTheUsersToken);
        plots.put(
                "ER702",
                () -> new Story(
                        asPartner(USER, "Bearer x"),
                        asPartner(USER, bearer(SANDBOX.api().login()))));
        plots.put("ER703", () -> {
            String token = bearer(SANDBOX.api().login());
            return new Story(asPartner(USER, token, IDENTIFIER, OTHER_IDENTIFIER), asPartner(USER, token));
        });
        plots.put("ER704", () -> new Story(asPartner(IDENTIFIER, ""), asPartner(IDENTIFIER, ACTIVE_IDENTIFIER)));
        plots.put("ER705", SolutionsIT::linkTheIdentifier);
        plots.put("ER706", () -> registerAnother(identifier()));
        plots.put("ER707", () -> registerAnother("not-an-identifier"));
        plots.put("ER708", SolutionsIT::waitForTheReview);
        plots.put(
                "ER709",
                () -> new Story(
                        asPartner(IDENTIFIER, "deleteduser00000000000000000000000000000"),
                        asPartner(IDENTIFIER, ACTIVE_IDENTIFIER)));
        plots.put(
                "ER800",
                () -> new Story(
                        asUser(CLIENT, "Bearer x"),
                        asUser(CLIENT, bearer(SANDBOX.api().authenticate()))));
        plots.put("ER801", SolutionsIT::requestANewPartnerToken);
        plots.put(
                "ER802",
                () -> new Story(asUser(), asUser(CLIENT, bearer(SANDBOX.api().authenticate()))));
        plots.put("ER803", () -> {
            String token = bearer(SANDBOX.api().authenticate());
            return new Story(asUser(CLIENT, token, KEY, PARTNERS_KEY), asUser(CLIENT, token));
        });
        plots.put("ER805", () -> new Story(asUser(KEY, "x"), asUser(KEY, PARTNERS_KEY)));
        plots.put("ER806", () -> new Story(asUser(), asUser(KEY, PARTNERS_KEY)));
        return plots;
    }

    private static Story refreshTheUsersToken() {
        Exchange login = SANDBOX.api().login();
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", TWO_HOURS));
        Exchange refused = asPartner(USER, bearer(login));
        return new Story(refused, asPartner(USER, bearer(SANDBOX.api().refresh(field(login, "refreshToken")))));
    }

    private static Story requestANewPartnerToken() {
        String token = bearer(SANDBOX.api().authenticate());
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", TWO_HOURS));
        Exchange refused = asUser(CLIENT, token);
        return new Story(refused, asUser(CLIENT, bearer(SANDBOX.api().authenticate())));
    }

    private static Story linkTheIdentifier() {
        String identifier = identifier();
        assertThat(SANDBOX.api().register(identifier).status()).isEqualTo(200);
        Exchange refused = asPartner(IDENTIFIER, identifier);
        assertThat(SANDBOX.api()
                        .register(identifier, USER, bearer(SANDBOX.api().login()))
                        .status())
                .isEqualTo(200);
        return new Story(refused, asPartner(IDENTIFIER, identifier));
    }

    private static Story registerAnother(String refused) {
        String identifier = identifier();
        Story story = new Story(
                asPartner(IDENTIFIER, refused),
                SANDBOX.api().register(identifier, USER, bearer(SANDBOX.api().login())));
        return new Story(story.refused(), asPartner(IDENTIFIER, identifier));
    }

    private static Story waitForTheReview() {
        Map<String, Object> user = SANDBOX.states().setUp("a user with a document under review");
        String identifier = String.valueOf(user.get("userIdentifier"));
        Exchange refused = asPartner(IDENTIFIER, identifier);
        SANDBOX.states()
                .setUp("the documents of a user are reviewed", Map.of("uuid", String.valueOf(user.get("uuid"))));
        return new Story(refused, asPartner(IDENTIFIER, identifier));
    }

    /** A request whose client is beyond doubt. */
    private static Exchange asPartner(String... headers) {
        return SANDBOX.api().loginToken(and(headers, KEY, PARTNERS_KEY));
    }

    /** A request whose user is beyond doubt. */
    private static Exchange asUser(String... headers) {
        return SANDBOX.api().loginToken(and(headers, IDENTIFIER, ACTIVE_IDENTIFIER));
    }

    private static String[] and(String[] headers, String name, String value) {
        return Stream.concat(Stream.of(headers), Stream.of(name, value)).toArray(String[]::new);
    }

    private static String bearer(Exchange tokens) {
        return "Bearer " + field(tokens, "token");
    }

    private static String identifier() {
        return (UUID.randomUUID() + "solution").replace("-", "");
    }
}
