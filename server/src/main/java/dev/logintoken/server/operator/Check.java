package dev.logintoken.server.operator;

import dev.logintoken.server.Installation;
import dev.logintoken.server.config.SecretFiles;
import dev.logintoken.server.database.DatabaseProbe;
import dev.logintoken.server.database.H2Files;
import dev.logintoken.server.failure.FailureLine;
import dev.logintoken.server.failure.OutdatedException;
import dev.logintoken.server.failure.WrongModeException;
import dev.logintoken.server.key.InvalidKeysException;
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

/** Checks all that a start needs, without starting: settings, address, database, keys, files. */
final class Check {

    private static final String HIDDEN = "…";

    /** Matches the places in a JDBC URL that may hold a password. */
    private static final Pattern PASSWORD = Pattern.compile("(?i)([?&;][^=?&;]*(?:pass|pwd)[^=?&;]*=)[^&;]*|//[^/@]*@");

    private final Values values;
    private final Clock clock;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Setting<?>> wrong = new ArrayList<>();
    private Optional<String> mode = Optional.empty();
    private Optional<String> database = Optional.empty();

    Check(Values values, Clock clock) {
        this.values = values;
        this.clock = clock;
        lookAtSettings();
        look(() -> new ListenCheck(values.get(KnownSettings.HTTP_HOST), values.get(KnownSettings.HTTP_PORT))
                .look(this::note, warnings::add));
        // Without a setting that has no default, such as the URL of the database, the rest would be of another node.
        if (values.unknown().isEmpty()
                && wrong.stream().allMatch(setting -> setting.standard().isPresent())) {
            lookAtNode(values.without(wrong));
        }
    }

    /** Returns the findings as a command's report. */
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

    /** Returns lines about what prevents a node from starting or working. */
    List<String> problems() {
        return problems;
    }

    /** Returns lines about what a node tolerates. */
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
        for (Setting<?> setting : KnownSettings.all()) {
            int before = problems.size();
            look(() -> values.find(setting));
            if (problems.size() > before) {
                wrong.add(setting);
            }
        }
    }

    private void lookAtNode(Values values) {
        look(() -> {
            Installation installation = OperatorSession.installation(values);
            mode = Optional.of(installation.mode().name());
            look(installation::requireWebsite);
            lookAtKeyFile(installation);
            warnings.addAll(SecretFiles.warnings(values));
            String url = installation.address().url();
            warnings.addAll(H2Files.warnings(url));
            Optional<H2Files> files = H2Files.of(url);
            if (files.isPresent() && !files.get().exist()) {
                lookAtNoFiles(installation, files.get());
                return;
            }
            try (OperatorSession session = OperatorSession.open(installation)) {
                if (lookAtDatabase(session)) {
                    look(session::checkKeys);
                }
            } finally {
                // Opening sets the permissions. These are of somebody else's files, or of a folder for more than these.
                files.ifPresent(opened -> problems.addAll(opened.problems()));
            }
        });
    }

    /** To open a database of files would make it. */
    private void lookAtNoFiles(Installation installation, H2Files files) {
        look(() -> {
            installation.usable(() -> {
                files.requireWritable();
                return true;
            });
            throw new OutdatedException();
        });
        problems.addAll(files.problems());
    }

    private void lookAtKeyFile(Installation installation) {
        look(installation::requireKeys);
        look(() -> OperatorSession.checkKeys(
                installation.mode(), installation.keyFile().map(file -> file::read)));
    }

    /** Returns whether its tables may be read. */
    private boolean lookAtDatabase(OperatorSession session) {
        database = Optional.of(session.product());
        DatabaseProbe.Findings findings = session.probe(clock);
        problems.addAll(findings.problems());
        warnings.addAll(findings.warnings());
        if (findings.permitted()) {
            look(session::database);
        }
        return findings.permitted();
    }

    /** Runs an action, and records why it fails. */
    private void look(Runnable action) {
        try {
            action.run();
        } catch (UnavailableException e) {
            note(FailureLine.sentence(e));
        } catch (InvalidSettingException
                | OutdatedException
                | WrongModeException
                | InvalidKeysException
                | RefusedException e) {
            note(String.valueOf(e.getMessage()));
        }
    }

    /** Records a problem once: several checks may meet the same cause. */
    private void note(String problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
