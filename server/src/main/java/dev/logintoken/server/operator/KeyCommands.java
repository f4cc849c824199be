package dev.logintoken.server.operator;

import dev.logintoken.server.key.DatabaseKeys;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.Purpose;
import dev.logintoken.server.terminal.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

@Command(name = "key", description = "list, rotate, replace: keys, which sign and verify tokens.")
@SuppressWarnings("NullAway.Init")
final class KeyCommands {

    @ParentCommand
    private Operator operator;

    @Command(description = "List the ids of the keys. The keys stay hidden.")
    void list() {
        operator.inSession(session -> {
            DatabaseKeys keys = session.keys();
            session.administration().looked("key list", Optional.empty(), Optional.empty());
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Purpose purpose : Purpose.values()) {
                keys.read(purpose).forEach(key -> rows.add(facts(purpose, key)));
            }
            return Report.of("keys", rows);
        });
    }

    @Command(
            description =
                    "Rotate the keys. The new keys sign after a minute, when all nodes know them. The old keys verify"
                            + " for another 7 days, so all tokens stay valid.")
    void rotate() {
        operator.inSession(session ->
                made(session, purpose -> session.keys().rotate(purpose, session.administration())));
    }

    @Command(
            description =
                    "Replace the keys after a key or the master key has leaked. The new keys sign at once, and the old"
                            + " ones end. Every token becomes invalid; all partners and users must log in again. Nodes"
                            + " follow within 5 seconds.")
    void replace() {
        operator.inSession(session ->
                made(session, purpose -> session.keys().replace(purpose, session.administration())));
    }

    /** Makes a key for a purpose and returns its id. */
    @FunctionalInterface
    private interface Making {
        int make(Purpose purpose);
    }

    private static Map<String, Object> made(OperatorSession session, Making making) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            String id = Integer.toString(making.make(purpose));
            session.keys().read(purpose).stream()
                    .filter(key -> key.id().equals(id))
                    .forEach(key -> rows.add(facts(purpose, key)));
        }
        return Report.of("keys", rows);
    }

    private static Map<String, Object> facts(Purpose purpose, Key key) {
        return Report.of(
                "purpose",
                purpose.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "id",
                key.id(),
                "signs from",
                key.signsFrom(),
                "verifies until",
                Optional.of(key.verifiesUntil()).filter(until -> !until.equals(Instant.MAX)));
    }
}
