package dev.logintoken.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How the service starts, apart from its settings.
 *
 * @param quiet whether only warnings and errors reach standard error, and the application's greeting is left out
 * @param logFile a file for the whole log
 * @param readyFile a file for the URL, once the service answers
 * @param untilStdinCloses whether the end of standard input ends the service
 */
record StartOptions(boolean quiet, Optional<Path> logFile, Optional<Path> readyFile, boolean untilStdinCloses) {

    /** For a person, or a supervisor that keeps the log. */
    static final StartOptions PLAIN = new StartOptions(false, Optional.empty(), Optional.empty(), false);

    /** Returns the options that the application's command asks for; they are a script's. */
    static StartOptions of(Map<String, String> options) {
        return new StartOptions(
                true,
                Optional.ofNullable(options.get("log-file")).map(Path::of),
                Optional.ofNullable(options.get("ready-file")).map(Path::of),
                Boolean.parseBoolean(options.get("until-stdin-closes")));
    }
}
