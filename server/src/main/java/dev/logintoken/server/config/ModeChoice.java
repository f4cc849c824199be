package dev.logintoken.server.config;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;
import dev.logintoken.settings.Setting.Trait;
import dev.logintoken.settings.Values;

import java.util.Optional;

/** Decides whether a node is a sandbox, and refuses contradictory settings. */
public final class ModeChoice {

    private ModeChoice() {}

    /**
     * Returns whether a node is a sandbox.
     *
     * @param values the settings
     * @param bound whether the container binds a database
     * @param byDefault whether a node without a database is a sandbox by default
     * @throws InvalidSettingException if a sandbox has a setting for production only, if production has no database, or
     *     if a setting describes a database that is not configured
     */
    public static boolean isSandbox(Values values, boolean bound, boolean byDefault) {
        Optional<Boolean> asked = values.find(KnownSettings.SANDBOX);
        boolean configured = bound || values.find(KnownSettings.DB_URL).isPresent();
        boolean sandbox = asked.orElse(byDefault && !configured);
        if (!configured) {
            if (!sandbox) {
                throw new InvalidSettingException(
                        "No database: bind the data source jdbc/loginToken or set logintoken.db.url,"
                                + " or ask for the sandbox by logintoken.sandbox=true.");
            }
            refuse(values, Trait.DATABASE, "needs a database: set logintoken.db.url too, or remove");
        }
        if (sandbox && asked.isPresent()) {
            refuse(values, Trait.PRODUCTION, "is for production, but logintoken.sandbox is true: remove that, or");
        } else if (sandbox) {
            String why = "is for production, which needs a database: set logintoken.db.url too, or ";
            refuse(values, Trait.PRODUCTION, why + "remove");
            refuse(values, Trait.SIGN_OF_PRODUCTION, why + "ask for a sandbox by logintoken.sandbox=true, or remove");
        }
        return sandbox;
    }

    private static void refuse(Values values, Trait trait, String why) {
        for (Setting<?> setting : KnownSettings.all()) {
            Optional<String> origin = values.origin(setting);
            if (setting.is(trait) && origin.isPresent()) {
                throw new InvalidSettingException(
                        setting.key() + " " + why + " " + setting.key() + " (set by " + origin.get() + ").");
            }
        }
    }
}
