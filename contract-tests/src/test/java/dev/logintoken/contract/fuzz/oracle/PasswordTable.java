package dev.logintoken.contract.fuzz.oracle;

import dev.logintoken.contract.fuzz.judge.Contract.Holds;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.World.Password;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static dev.logintoken.contract.fuzz.oracle.Oracle.exceeds;
import static dev.logintoken.contract.fuzz.oracle.Oracle.plus;
import static dev.logintoken.contract.fuzz.oracle.Oracle.text;

/** Decides on requests with a password, by the tables of the contract: of a partner, and of a user. */
final class PasswordTable {

    private final World world;

    PasswordTable(World world) {
        this.world = world;
    }

    Set<ExpectedAnswer> authenticate(Request request, Map<String, Object> body) {
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

    Set<ExpectedAnswer> login(Request request, Map<String, Object> body) {
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

    /** Returns the answers to an attempt, which may also be throttled. Texts beyond the limits may be refused as such. */
    private static Set<ExpectedAnswer> attempt(Request request, Map<String, Object> body, ExpectedAnswer outcome) {
        Set<ExpectedAnswer> outcomes = new LinkedHashSet<>(Set.of(outcome, ExpectedAnswer.refusal("ER006")));
        if (exceeds(request, body)) {
            outcomes.add(ExpectedAnswer.refusal("ER900"));
        }
        return outcomes;
    }
}
