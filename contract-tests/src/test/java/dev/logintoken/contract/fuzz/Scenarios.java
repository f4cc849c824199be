package dev.logintoken.contract.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.World;
import dev.logintoken.contract.fuzz.oracle.World.Identifier;
import dev.logintoken.contract.fuzz.oracle.World.LoginToken;
import dev.logintoken.contract.fuzz.oracle.World.PartnerToken;
import dev.logintoken.contract.fuzz.oracle.World.RefreshToken;
import dev.logintoken.contract.fuzz.oracle.World.UserToken;
import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What is sent: single requests, and sequences whose later answers depend on the earlier ones. */
final class Scenarios {

    private static final List<Set<String>> GOOD = List.of(Set.of());
    private static final List<Set<String>> USED = List.of(Set.of("ER823"));
    private static final List<Set<String>> REVOKED = List.of(Set.of("ER821"));

    /** After this time a second use of a refresh token might revoke its family. */
    private static final Duration SOON = Duration.ofSeconds(6);

    private final Generator generator;
    private final World world;
    private final Dice dice;
    private final Lane lane;

    Scenarios(Generator generator, Lane lane) {
        this.generator = generator;
        this.world = generator.world();
        this.dice = generator.dice();
        this.lane = lane;
    }

    /** Plays one scenario; chance decides which. */
    void play() {
        int kind = dice.below(1000);
        if (kind < 760) {
            lane.send(generator.any());
        } else if (kind < 800) {
            redemption();
        } else if (kind < 840) {
            registration();
        } else if (kind < 860) {
            userSession();
        } else if (kind < 870) {
            partnerSession();
        } else if (kind < 880) {
            revalidation();
        } else if (kind < 920) {
            lane.pipeline(IntStream.range(0, 2 + dice.below(4))
                    .mapToObj(any -> generator.plain())
                    .toList());
        } else if (kind < 994) {
            Request sound = generator.plain();
            lane.sendBroken(new Broken(dice).octets(sound), sound);
        } else if (kind < 999) {
            lane.abandon(new Broken(dice).half(generator.plain()));
        } else {
            lane.sendSlowly(generator.plain(), Duration.ofMillis(50 + dice.below(200)));
        }
    }

    /** A login token is issued and used; then it is used. */
    private void redemption() {
        Request issue = generator.blank("getLoginToken");
        issue = dice.onceIn(2)
                ? issue.plus("X-Api-Key", Founding.PARTNERS_KEY)
                : issue.plus(
                        "Authorization",
                        "Bearer " + world.partnerTokens().shared().get(0));
        issue = dice.onceIn(2)
                ? issue.plus("User-Identifier", Founding.ACTIVE_IDENTIFIER)
                : issue.plus(
                        "User-Authorization",
                        "Bearer " + world.userTokens().shared().get(0));
        Optional<JsonNode> issued = success(issue);
        if (issued.isEmpty()) {
            return;
        }
        String token = issued.get().path("token").asText();
        String uuid = issued.get().path("uuid").asText();
        world.loginTokens().own(token, new LoginToken(uuid, World.PARTNER, GOOD));
        Credentials credentials = new Credentials(world, dice);
        List<Request> uses = new ArrayList<>();
        if (dice.onceIn(3)) {
            uses.add(redeem(uuid, token, Founding.PARTNERS_KEY));
        }
        if (dice.onceIn(2)) {
            uses.add(redeem(uuid, credentials.mangled(token), Founding.WEBSITES_KEY));
        }
        if (dice.onceIn(2)) {
            uses.add(redeem(credentials.mangled(uuid), token, Founding.WEBSITES_KEY));
        }
        uses.add(redeem(uuid, token, Founding.WEBSITES_KEY));
        uses.add(redeem(uuid, token, Founding.WEBSITES_KEY));
        uses.forEach(use -> success(use)
                .ifPresent(redemption ->
                        world.loginTokens().own(token, new LoginToken(uuid, World.PARTNER, List.of(Set.of("ER712"))))));
        world.loginTokens().disown(token);
    }

    private Request redeem(String uuid, String token, String key) {
        return post("redeemLoginToken", "uuid", uuid, "token", token).plus("X-Api-Key", key);
    }

    /** An identifier is registered, linked, used, and wanted by somebody else. */
    private void registration() {
        String identifier = dice.alphanumeric(36 + dice.below(220));
        Request register = post(
                        "registerIdentifier", "identifier", identifier, "returnUrl", "https://app.example.com/x")
                .plus("X-Api-Key", Founding.PARTNERS_KEY);
        Request use = generator
                .blank("getLoginToken")
                .plus("X-Api-Key", Founding.PARTNERS_KEY)
                .plus("User-Identifier", identifier);
        lane.send(use);
        if (success(register).isEmpty()) {
            return;
        }
        world.identifiers().own(identifier, new Identifier(World.PARTNER, Optional.empty()));
        lane.send(renamed(use));
        String active = "Bearer " + world.userTokens().shared().get(0);
        String other = "Bearer " + world.userTokens().shared().get(1);
        if (success(renamed(register).plus("User-Authorization", active)).isPresent()) {
            world.identifiers().own(identifier, new Identifier(World.PARTNER, Optional.of(Founding.ACTIVE)));
            lane.send(renamed(use));
            lane.send(renamed(register).plus("User-Authorization", other));
            lane.send(renamed(use).plus("User-Authorization", other));
            lane.send(renamed(register).plus("User-Authorization", active));
        }
        world.identifiers().disown(identifier);
    }

    /** A user's session is refreshed, by whom it may and by whom it may not, and logged out. */
    private void userSession() {
        String first =
                lane.state("a refresh token of a user").path("refreshToken").asText();
        Optional<String> user = Optional.of(Founding.ACTIVE);
        long begin = System.nanoTime();
        world.refreshTokens().own(first, new RefreshToken(user, World.PARTNER, GOOD));
        lane.send(refresh(first));
        lane.send(refresh(first).plus("X-Api-Key", Founding.WEBSITES_KEY));
        Optional<JsonNode> tokens = success(refresh(first).plus("X-Api-Key", Founding.PARTNERS_KEY));
        if (tokens.isPresent()) {
            String second = tokens.get().path("refreshToken").asText();
            String token = tokens.get().path("token").asText();
            UserToken genuine = new UserToken(Founding.ACTIVE, World.PARTNER, false, false, false, true);
            world.refreshTokens().own(first, new RefreshToken(user, World.PARTNER, USED));
            world.refreshTokens().own(second, new RefreshToken(user, World.PARTNER, GOOD));
            world.userTokens().own(token, genuine);
            Request use = generator
                    .blank("getLoginToken")
                    .plus("X-Api-Key", Founding.PARTNERS_KEY)
                    .plus("User-Authorization", "Bearer " + token);
            lane.send(use);
            lane.send(refresh(first).plus("X-Api-Key", Founding.PARTNERS_KEY));
            if (System.nanoTime() - begin < SOON.toNanos()) {
                lane.send(renamed(use));
                Request logout = generator.blank("logoutUser").plus("User-Authorization", "Bearer " + token);
                lane.send(logout);
                world.userTokens().own(token, genuine.loggedOutToken());
                world.refreshTokens().own(first, new RefreshToken(user, World.PARTNER, REVOKED));
                world.refreshTokens().own(second, new RefreshToken(user, World.PARTNER, REVOKED));
                lane.send(renamed(use));
                lane.send(refresh(second).plus("X-Api-Key", Founding.PARTNERS_KEY));
                lane.send(refresh(first).plus("X-Api-Key", Founding.PARTNERS_KEY));
                lane.send(renamed(logout));
            }
            world.refreshTokens().disown(second);
            world.userTokens().disown(token);
        }
        world.refreshTokens().disown(first);
    }

    /** A partner's session is refreshed, and refreshed again. */
    private void partnerSession() {
        String first = lane.state("a refresh token").path("refreshToken").asText();
        long begin = System.nanoTime();
        world.refreshTokens().own(first, new RefreshToken(Optional.empty(), World.PARTNER, GOOD));
        Optional<JsonNode> tokens = success(refresh(first));
        if (tokens.isPresent()) {
            String second = tokens.get().path("refreshToken").asText();
            String token = tokens.get().path("token").asText();
            world.refreshTokens().own(first, new RefreshToken(Optional.empty(), World.PARTNER, USED));
            world.refreshTokens().own(second, new RefreshToken(Optional.empty(), World.PARTNER, GOOD));
            world.partnerTokens().own(token, new PartnerToken(Founding.PARTNER, true, false, false));
            lane.send(refresh(first));
            if (System.nanoTime() - begin < SOON.toNanos()) {
                lane.send(generator.blank("getSystemInfo").plus("Authorization", "bearer " + token));
                lane.send(refresh(second));
            }
            world.refreshTokens().disown(second);
            world.partnerTokens().disown(token);
        }
        world.refreshTokens().disown(first);
    }

    /** What was answered is asked for again by its tag. */
    private void revalidation() {
        Request info = generator.blank("getSystemInfo").plus("X-Api-Key", Founding.PARTNERS_KEY);
        Optional<String> tag = lane.send(info).flatMap(answer -> answer.header("ETag"));
        if (tag.isEmpty()) {
            lane.fault(info, "there is no ETag");
            return;
        }
        String condition = dice.any(tag.get(), "W/" + tag.get(), "\"other\", " + tag.get(), "*");
        lane.send(renamed(info).plus("If-None-Match", condition), Set.of(ExpectedAnswer.success(304)));
        lane.send(renamed(info).plus("If-None-Match", "\"other\""), Set.of(ExpectedAnswer.success(200)));
    }

    private Request refresh(String token) {
        return post("refresh", "refreshToken", token);
    }

    private Request post(String operation, String... fields) {
        return generator.post(operation, fields);
    }

    /** The same request under another id. */
    private Request renamed(Request request) {
        return request.with("X-Request-Id", generator.id());
    }

    /** The body of an answer with the status 200. */
    private Optional<JsonNode> success(Request request) {
        return lane.send(request).filter(answer -> answer.status() == 200).map(answer -> json(answer.body()));
    }

    static JsonNode json(String text) {
        try {
            return Spec.JSON.readTree(text);
        } catch (IOException e) {
            return Spec.JSON.missingNode();
        }
    }
}
