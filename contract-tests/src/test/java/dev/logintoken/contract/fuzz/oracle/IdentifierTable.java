package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.Contract.Field;
import dev.logintoken.contract.fuzz.judge.Contract.Holds;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.World.Client;

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

import static dev.logintoken.contract.fuzz.oracle.Oracle.answer;
import static dev.logintoken.contract.fuzz.oracle.Oracle.exceeds;
import static dev.logintoken.contract.fuzz.oracle.Oracle.plus;
import static dev.logintoken.contract.fuzz.oracle.Oracle.text;

/** Decides on the registration and confirmation of identifiers, by the tables of the contract. */
final class IdentifierTable {

    private final World world;
    private final UserTable users;

    IdentifierTable(World world, UserTable users) {
        this.world = world;
        this.users = users;
    }

    Set<ExpectedAnswer> register(Client caller, Request request, Map<String, Object> body) {
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

    /** No user ever consents here, so no verifier is right. */
    Set<ExpectedAnswer> confirm(Client caller, Request request, Map<String, Object> body) {
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
}
