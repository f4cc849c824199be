package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.Contract.Field;
import dev.logintoken.contract.fuzz.judge.Contract.Holds;
import dev.logintoken.contract.fuzz.judge.Contract.Operation;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Protocol;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.StrictJson.Other;
import dev.logintoken.contract.fuzz.oracle.World.Client;
import dev.logintoken.contract.fuzz.oracle.World.LoginToken;
import dev.logintoken.contract.fuzz.oracle.World.Password;
import dev.logintoken.contract.fuzz.oracle.World.RefreshToken;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells what a request to an operation may come to, by the decision tables of the contract and by what is true in the
 * world. One outcome, unless the contract leaves a choice. An operation without a table may answer all that the spec
 * declares for it.
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

    /** Creates an oracle of a world. */
    public Oracle(World world) {
        this.world = world;
        this.clients = new ClientTable(world);
        this.users = new UserTable(world);
    }

    /** All that the request may come to. */
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

    /** Two answers of shared steps are outside the contract: to the key that fails on purpose, and to no content type. */
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
            case "authenticate" -> authenticate(request, body);
            case "refresh" -> refresh(request, body);
            case "logoutUser" -> answer(users.logout(request.value("User-Authorization")), 204);
            case "getSystemInfo" -> called(request, caller -> Protocol.systemInfo(request));
            case "getLoginToken" -> called(request, caller -> loginToken(caller, request));
            case "redeemLoginToken" -> called(request, caller -> redeem(caller, body));
            case "loginUser" -> called(request, caller -> login(request, body));
            case "registerIdentifier" -> called(request, caller -> register(caller, request, body));
            case "confirmIdentifier" -> called(request, caller -> confirm(caller, request, body));
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

    private Set<ExpectedAnswer> authenticate(Request request, Map<String, Object> body) {
        Optional<String> username = text(body, "username");
        Optional<String> password = text(body, "password");
        if (username.isEmpty() || password.isEmpty()) {
            return Set.of(ExpectedAnswer.refusal("ER810"));
        }
        boolean right = world.partners()
                .find(username.get())
                .filter(known -> known.text().equals(password.get()))
                .isPresent();
        return attempt(request, body, right ? ExpectedAnswer.success(200) : ExpectedAnswer.refusal("ER811"));
    }

    private Set<ExpectedAnswer> login(Request request, Map<String, Object> body) {
        Optional<String> email = text(body, "emailAddress");
        Optional<String> password = text(body, "password");
        Holds address =
                email.map(request.operation().field("emailAddress")::allows).orElse(Holds.NO);
        Set<String> missing = new TreeSet<>();
        if (password.isEmpty()) {
            missing.add("ER004");
        }
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>();
        if (email.isEmpty()) {
            outcomes.add(ExpectedAnswer.refusal(plus(missing, "ER003")));
        } else if (address != Holds.YES) {
            outcomes.add(ExpectedAnswer.refusal(plus(missing, "ER001")));
        }
        if (address != Holds.NO && missing.isEmpty()) {
            Optional<Password> known =
                    email.map(text -> text.toLowerCase(Locale.ROOT)).flatMap(world.accounts()::find);
            outcomes.addAll(attempt(
                    request,
                    body,
                    known.filter(account -> account.text().equals(password.get()))
                            .map(account -> ExpectedAnswer.success(200).with("uuid", account.uuid()))
                            .orElseGet(() -> ExpectedAnswer.refusal("ER005"))));
        } else if (address != Holds.NO) {
            outcomes.add(ExpectedAnswer.refusal(missing));
        }
        return outcomes;
    }

    /** A look at a password, which may have to wait; texts beyond the limits are refused in one way or the other. */
    private static Set<ExpectedAnswer> attempt(Request request, Map<String, Object> body, ExpectedAnswer outcome) {
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>(Set.of(outcome, ExpectedAnswer.refusal("ER006")));
        if (exceeds(request, body)) {
            outcomes.add(ExpectedAnswer.refusal("ER900"));
        }
        return outcomes;
    }

    private static boolean exceeds(Request request, Map<String, Object> body) {
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

    private Set<ExpectedAnswer> register(Client caller, Request request, Map<String, Object> body) {
        Set<String> codes = new TreeSet<>();
        Optional<String> identifier = text(body, "identifier");
        Field field = request.operation().field("identifier");
        if (identifier.isEmpty()) {
            codes.add("ER053");
        } else if (field.allows(identifier.get()) != Holds.YES) { // Letters and digits: never in doubt.
            codes.add("ER707");
        }
        Optional<String> user = Optional.empty();
        Optional<String> authorization = request.value("User-Authorization");
        if (authorization.isPresent()) {
            UserTable.Result named = users.byToken(caller, authorization.get());
            user = named.user();
            codes.addAll(named.codes());
            if (user.flatMap(world.users()::find)
                    .filter(World.UserState.DELETED::equals)
                    .isPresent()) {
                codes.add("ER702");
            }
        }
        Holds returnUrl = returnUrl(request, text(body, "returnUrl").orElse(""));
        List<Set<String>> refusals = new ArrayList<>();
        if (returnUrl != Holds.YES) {
            refusals.add(plus(codes, "ER054"));
        }
        if (returnUrl != Holds.NO) {
            refusals.add(codes.isEmpty() ? registration(caller, identifier.orElse(""), user) : codes);
        }
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>();
        refusals.forEach(refusal -> outcomes.addAll(answer(refusal, 200)));
        return outcomes;
    }

    /** No user ever agrees here, so that no verifier is right. */
    private Set<ExpectedAnswer> confirm(Client caller, Request request, Map<String, Object> body) {
        Optional<String> identifier = text(body, "identifier");
        if (identifier.isEmpty() || text(body, "verifier").isEmpty()) {
            return Set.of(ExpectedAnswer.refusal("ER055"));
        }
        if (request.operation().field("identifier").allows(identifier.get()) != Holds.YES) {
            return Set.of(ExpectedAnswer.refusal("ER707"));
        }
        boolean registered = world.identifiers()
                .find(identifier.get())
                .filter(known -> known.partner().equals(caller.partner()))
                .isPresent();
        Set<ExpectedAnswer> outcomes =
                new LinkedHashSet<>(Set.of(ExpectedAnswer.refusal(registered ? "ER056" : "ER706")));
        if (exceeds(request, body)) {
            outcomes.add(ExpectedAnswer.refusal("ER900"));
        }
        return outcomes;
    }

    private Set<String> registration(Client caller, String identifier, Optional<String> user) {
        boolean taken = world.identifiers()
                .find(identifier)
                .filter(known -> !known.partner().equals(caller.partner())
                        || (user.isPresent()
                                && known.user().isPresent()
                                && !known.user().equals(user)))
                .isPresent();
        return taken ? Set.of("ER706") : Set.of();
    }

    /** All origins are registered for the partners of the sandbox. */
    private static Holds returnUrl(Request request, String url) {
        if (request.operation().field("returnUrl").allows(url) == Holds.NO) {
            return Holds.NO;
        }
        if (url.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9/._~-]*)?([?][A-Za-z0-9=&]*)?")) {
            return Holds.YES;
        }
        try {
            URI uri = new URI(url);
            boolean web =
                    String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT).matches("https?");
            return !web || uri.getHost() == null || uri.getRawUserInfo() != null ? Holds.NO : Holds.PERHAPS;
        } catch (URISyntaxException e) {
            return Holds.NO;
        }
    }

    private static Set<ExpectedAnswer> answer(Set<String> codes, int success) {
        return Set.of(codes.isEmpty() ? ExpectedAnswer.success(success) : ExpectedAnswer.refusal(codes));
    }

    private static Set<String> plus(Set<String> codes, String code) {
        Set<String> more = new TreeSet<>(codes);
        more.add(code);
        return more;
    }

    /** A text that is there and not empty. */
    private static Optional<String> text(Map<String, Object> body, String name) {
        return body.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
