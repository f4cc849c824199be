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

@Command(name = "key", description = "list, rotate, replace: what signs tokens.")
@SuppressWarnings("NullAway.Init")
final class KeyCommands {

    @ParentCommand
    private Operator operator;

    @Command(description = "List the keys by their ids. No key is shown.")
    int list() {
        return operator.onSite(site -> {
            DatabaseKeys keys = site.keys();
            site.administration().looked("key list", Optional.empty(), Optional.empty());
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Purpose purpose : Purpose.values()) {
                keys.read(purpose).forEach(key -> rows.add(facts(purpose, key)));
            }
            return Report.of("keys", rows);
        });
    }

    @Command(
            description = "Make new keys. They sign from a minute on, when all nodes know them; what was signed before"
                    + " stays good, and the keys before verify for another 7 days.")
    int rotate() {
        return operator.onSite(site -> made(site, purpose -> site.keys().rotate(purpose, site.administration())));
    }

    @Command(
            description = "Make new keys that sign at once, and end the ones before: every token is void, all partners"
                    + " and users have to log in again. For when a key or the master key has leaked. Nodes follow"
                    + " within 5 seconds.")
    int replace() {
        return operator.onSite(site -> made(site, purpose -> site.keys().replace(purpose, site.administration())));
    }

    /** Makes a key for a purpose and tells its id. */
    @FunctionalInterface
    private interface Making {
        int make(Purpose purpose);
    }

    private static Map<String, Object> made(OperatorSession site, Making making) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            String id = Integer.toString(making.make(purpose));
            site.keys().read(purpose).stream()
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
