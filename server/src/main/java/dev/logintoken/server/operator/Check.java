package dev.logintoken.server.operator;

import dev.logintoken.server.Installation;
import dev.logintoken.server.config.SecretFiles;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.DatabaseProbe;
import dev.logintoken.server.database.H2Files;
import dev.logintoken.server.key.InvalidKeysException;
import dev.logintoken.server.outcome.RootCause;
import dev.logintoken.server.outcome.UnavailableException;
import dev.logintoken.server.terminal.Report;
import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;
import dev.logintoken.settings.Values;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at all that a start needs, without one: settings, database, keys, files. */
final class Check {

    private static final String HIDDEN = "…";

    /** Where a JDBC URL may say a password. */
    private static final Pattern PASSWORD = Pattern.compile("(?i)([?&;][^=?&;]*(?:pass|pwd)[^=?&;]*=)[^&;]*|//[^/@]*@");

    private final Values values;
    private final Clock clock;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<String> mode = Optional.empty();
    private Optional<String> database = Optional.empty();

    /**
     * Looks at once.
     *
     * @param values what is set
     * @param clock of this machine
     */
    Check(Values values, Clock clock) {
        this.values = values;
        this.clock = clock;
        lookAtSettings();
        if (problems.isEmpty()) {
            lookAtNode();
        }
    }

    /** What was found, as a command tells it. */
    Map<String, Object> report() {
        List<Map<String, Object>> settings = KnownSettings.all().stream()
                .map(setting -> Report.of(
                        "key",
                        setting.key(),
                        "value",
                        shown(setting),
                        "default",
                        setting.otherwise(),
                        "set by",
                        values.origin(setting)))
                .toList();
        return Report.of("mode", mode, "database", database, "settings", settings);
    }

    /** Lines about what keeps a node from starting, or from its work. */
    List<String> problems() {
        return problems;
    }

    /** Lines about what a node puts up with. */
    List<String> warnings() {
        return warnings;
    }

    private Optional<String> shown(Setting<?> setting) {
        Optional<String> text = values.text(setting);
        if (setting.is(Setting.Trait.SECRET)) {
            return text.map(secret -> HIDDEN);
        }
        return text.or(setting::standard)
                .map(value -> PASSWORD.matcher(value)
                        .replaceAll(part -> part.group(1) == null ? "//" + HIDDEN + "@" : part.group(1) + HIDDEN));
    }

    private void lookAtSettings() {
        problems.addAll(values.unknown());
        KnownSettings.all().forEach(setting -> look(() -> values.find(setting)));
    }

    private void lookAtNode() {
        look(() -> {
            Installation installation = OperatorSession.installation(values);
            mode = Optional.of(installation.mode().name());
            look(installation::requireWebsite);
            warnings.addAll(SecretFiles.warnings(values));
            // Before they are opened: that sets them right.
            H2Files.of(installation.address().url()).ifPresent(files -> problems.addAll(files.problems()));
            try (OperatorSession site = OperatorSession.open(installation)) {
                lookAtDatabase(site);
                look(site::checkKeys);
            }
        });
    }

    private void lookAtDatabase(OperatorSession site) {
        database = Optional.of(site.product());
        look(() -> {
            site.database();
            DatabaseProbe.Findings findings = site.probe(clock);
            problems.addAll(findings.problems());
            warnings.addAll(findings.warnings());
        });
    }

    /** Does something, and notes why it cannot be done. */
    private void look(Runnable action) {
        try {
            action.run();
        } catch (UnavailableException e) {
            note("The database does not answer: " + RootCause.of(e).getMessage());
        } catch (InvalidSettingException
                | Database.OutdatedException
                | Database.WrongModeException
                | InvalidKeysException
                | RefusedException e) {
            note(String.valueOf(e.getMessage()));
        }
    }

    /** One cause may be met several times. */
    private void note(String problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
