package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.Contract.Holds;
import dev.logintoken.contract.fuzz.judge.Contract.Operation;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Protocol;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.StrictJson.Other;
import dev.logintoken.contract.fuzz.oracle.World.Client;
import dev.logintoken.contract.fuzz.oracle.World.LoginToken;
import dev.logintoken.contract.fuzz.oracle.World.RefreshToken;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Predicts the answers to a request, by the decision tables of the contract and the facts of the world. There is one
 * right answer, unless the contract leaves a choice. An operation without a table may answer all that the spec declares
 * for it.
 */
public final class Oracle {

    private static final int MAX_BODY = 16 * 1024;
    private static final String UUID = "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";

    /** The operations that have a decision table here. */
    static final Set<String> TABLES = Set.of(
            "authenticate",
            "refresh",
            "logoutUser",
            "getSystemInfo",
            "getLoginToken",
            "redeemLoginToken",
            "loginUser",
            "registerIdentifier",
            "confirmIdentifier");

    private final World world;
    private final ClientTable clients;
    private final UserTable users;
    private final PasswordTable passwords;
    private final IdentifierTable identifiers;

    /** Creates an oracle of a world. */
    public Oracle(World world) {
        this.world = world;
        this.clients = new ClientTable(world);
        this.users = new UserTable(world);
        this.passwords = new PasswordTable(world);
        this.identifiers = new IdentifierTable(world, users);
    }

    /** Returns all right answers to a request. */
    public Set<ExpectedAnswer> expect(Request request) {
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>(request.doubt());
        Set<ExpectedAnswer> outside = Protocol.outcomes(request);
        if (!outside.isEmpty()) {
            outcomes.addAll(outside);
            if (outside.contains(ExpectedAnswer.general(415)) && isTooLarge(request)) {
                outcomes.add(ExpectedAnswer.refusal("ER901"));
            }
        } else if (!hasTable(request.operation())) {
            outcomes.addAll(byTheSpecAlone(request));
        } else if (!request.operation().hasBody()) {
            outcomes.addAll(decide(request, Map.of()));
        } else {
            outcomes.addAll(withBody(request));
        }
        return outcomes;
    }

    /** Returns whether an operation has a decision table here. */
    public static boolean hasTable(Operation operation) {
        return TABLES.contains(operation.id());
    }

    /** Adds two answers outside the contract: to the key that fails on purpose, and to a body without a content type. */
    private Set<ExpectedAnswer> byTheSpecAlone(Request request) {
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>(Set.of(ExpectedAnswer.DECLARED));
        if (clients.read(request).isFailure()) {
            outcomes.add(ExpectedAnswer.general(500));
        }
        if (request.operation().hasBody() && request.values("Content-Type").isEmpty()) {
            outcomes.add(ExpectedAnswer.general(415));
        }
        return outcomes;
    }

    private Set<ExpectedAnswer> withBody(Request request) {
        String octets = request.body().orElse("");
        if (octets.isEmpty() && request.values("Content-Type").isEmpty()) {
            return Set.of(ExpectedAnswer.refusal("ER900"), ExpectedAnswer.general(415));
        }
        if (isTooLarge(request)) {
            return Set.of(ExpectedAnswer.refusal("ER901"));
        }
        StrictJson.Reading reading = StrictJson.read(octets);
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>();
        if (reading.refusable()) {
            outcomes.add(ExpectedAnswer.refusal("ER900"));
        }
        reading.objects().forEach(object -> {
            if (request.operation().fields().stream().anyMatch(field -> isNoText(object.get(field.name())))) {
                outcomes.add(ExpectedAnswer.refusal("ER900"));
            } else {
                outcomes.addAll(decide(request, object));
                if (object.containsValue(Other.NULL)) { // A field that is null is no text; it may be taken for absent.
                    outcomes.add(ExpectedAnswer.refusal("ER900"));
                }
            }
        });
        return outcomes;
    }

    private static boolean isTooLarge(Request request) {
        return request.body().orElse("").length() > MAX_BODY;
    }

    private static boolean isNoText(@Nullable Object value) {
        return value instanceof Other && value != Other.NULL;
    }

    private Set<ExpectedAnswer> decide(Request request, Map<String, Object> body) {
        return switch (request.operation().id()) {
            case "authenticate" -> passwords.authenticate(request, body);
            case "refresh" -> refresh(request, body);
            case "logoutUser" -> answer(users.logout(request.value("User-Authorization")), 204);
            case "getSystemInfo" -> called(request, caller -> Protocol.systemInfo(request));
            case "getLoginToken" -> called(request, caller -> loginToken(caller, request));
            case "redeemLoginToken" -> called(request, caller -> redeem(caller, body));
            case "loginUser" -> called(request, caller -> passwords.login(request, body));
            case "registerIdentifier" -> called(request, caller -> identifiers.register(caller, request, body));
            case "confirmIdentifier" -> called(request, caller -> identifiers.confirm(caller, request, body));
            default ->
                throw new IllegalStateException(
                        "no table: " + request.operation().id());
        };
    }

    /** A decision that needs to know who calls. */
    @FunctionalInterface
    private interface Decision {
        Set<ExpectedAnswer> of(Client caller);
    }

    private Set<ExpectedAnswer> called(Request request, Decision decision) {
        ClientTable.Result client = clients.read(request);
        if (client.isFailure()) {
            return Set.of(ExpectedAnswer.general(500));
        }
        return client.caller().map(decision::of).orElseGet(() -> Set.of(ExpectedAnswer.refusal(client.codes())));
    }

    private Set<ExpectedAnswer> loginToken(Client caller, Request request) {
        UserTable.Result user = users.admit(caller, request);
        return user.user()
                .map(uuid -> Set.of(ExpectedAnswer.success(200).with("uuid", uuid)))
                .orElseGet(() -> Set.of(ExpectedAnswer.refusal(user.codes())));
    }

    static boolean exceeds(Request request, Map<String, Object> body) {
        return request.operation().fields().stream()
                .anyMatch(field -> body.get(field.name()) instanceof String text && field.allows(text) != Holds.YES);
    }

    private Set<ExpectedAnswer> refresh(Request request, Map<String, Object> body) {
        Optional<String> text = text(body, "refreshToken");
        if (text.isEmpty()) {
            return Set.of(ExpectedAnswer.refusal("ER820"));
        }
        Optional<RefreshToken> token = world.refreshTokens().find(text.get());
        if (token.isEmpty()) {
            Set<ExpectedAnswer> outcomes = new LinkedHashSet<>(Set.of(ExpectedAnswer.refusal("ER821")));
            if (exceeds(request, body)) {
                outcomes.add(ExpectedAnswer.refusal("ER900"));
            }
            return outcomes;
        }
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>();
        token.get().codes().forEach(codes -> outcomes.addAll(answer(codes, 200)));
        if (token.get().user().isEmpty()) {
            return outcomes;
        }
        return called(
                request,
                caller -> caller.partner().equals(token.get().partner())
                        ? outcomes
                        : Set.of(ExpectedAnswer.refusal("ER821")));
    }

    private Set<ExpectedAnswer> redeem(Client caller, Map<String, Object> body) {
        if (!caller.website()) {
            return Set.of(ExpectedAnswer.refusal("ER713"));
        }
        String uuid = text(body, "uuid").orElse("");
        Optional<LoginToken> token = text(body, "token").flatMap(world.loginTokens()::find);
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>();
        if (token.isEmpty() || !token.get().user().equalsIgnoreCase(uuid) || !uuid.matches(UUID)) {
            outcomes.add(ExpectedAnswer.refusal("ER710"));
            return outcomes;
        }
        if (!token.get().user().equals(uuid)) { // The form of 36 characters does not say in which case its letters are.
            outcomes.add(ExpectedAnswer.refusal("ER710"));
        }
        token.get()
                .codes()
                .forEach(codes -> answer(codes, 200)
                        .forEach(outcome -> outcomes.add(
                                codes.isEmpty()
                                        ? outcome.with("uuid", token.get().user())
                                                .with("partner", token.get().partner())
                                        : outcome)));
        return outcomes;
    }

    static Set<ExpectedAnswer> answer(Set<String> codes, int success) {
        return Set.of(codes.isEmpty() ? ExpectedAnswer.success(success) : ExpectedAnswer.refusal(codes));
    }

    static Set<String> plus(Set<String> codes, String code) {
        Set<String> more = new TreeSet<>(codes);
        more.add(code);
        return more;
    }

    /** Returns a text that is present and not empty. */
    static Optional<String> text(Map<String, Object> body, String name) {
        return body.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
