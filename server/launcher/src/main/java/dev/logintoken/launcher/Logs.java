package dev.logintoken.launcher;

import dev.logintoken.settings.InvalidSettingException;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Decides where the log goes. A configuration of the JDK's own, named by a system property, takes precedence. */
final class Logs {

    private static final String CONFIGURATION_FILE = "java.util.logging.config.file";
    private static final String CONFIGURATION_CLASS = "java.util.logging.config.class";

    private Logs() {}

    /** Returns whether the JDK's own configuration decides. */
    static boolean areConfigured() {
        return System.getProperty(CONFIGURATION_FILE) != null || System.getProperty(CONFIGURATION_CLASS) != null;
    }

    /**
     * Sends the log to standard error, and to a file if the options name one.
     *
     * @throws InvalidSettingException if the JDK's own configuration decides, and the options name a file, too
     */
    static void configure(StartOptions options) throws IOException {
        Optional<Path> file = options.logFile();
        if (areConfigured()) {
            if (file.isPresent()) {
                throw new InvalidSettingException("--log-file and the system property java.util.logging.config both say"
                        + " where the log goes: remove one of them.");
            }
            return;
        }
        try (var standard = Launcher.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(standard);
        }
        Logger root = Logger.getLogger("");
        LineHandler lines = new LineHandler();
        root.addHandler(lines);
        if (options.quiet()) {
            lines.setLevel(Level.WARNING);
        }
        if (file.isPresent()) {
            root.addHandler(new LineHandler(new FileOutputStream(file.get().toFile())));
        } else if (options.quiet()) {
            root.setLevel(Level.WARNING);
        }
    }
}
