package dev.logintoken.launcher.log;

import dev.logintoken.settings.InvalidSettingException;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Decides where the log goes. A configuration of the JDK's own, named by a system property, takes precedence. */
public final class Logs {

    private static final String CONFIGURATION_FILE = "java.util.logging.config.file";
    private static final String CONFIGURATION_CLASS = "java.util.logging.config.class";

    private Logs() {}

    /** Returns whether the JDK's own configuration decides. */
    public static boolean areConfigured() {
        return System.getProperty(CONFIGURATION_FILE) != null || System.getProperty(CONFIGURATION_CLASS) != null;
    }

    /**
     * Sends the log to standard error, and to a file if there is one.
     *
     * @param quiet whether only warnings and errors reach standard error
     * @param file a file for the whole log
     * @throws InvalidSettingException if the JDK's own configuration decides, and there is a file, too
     */
    public static void configure(boolean quiet, Optional<Path> file) throws IOException {
        if (areConfigured()) {
            if (file.isPresent()) {
                throw new InvalidSettingException("--log-file and the system property java.util.logging.config both say"
                        + " where the log goes: remove one of them.");
            }
            return;
        }
        try (var standard = Logs.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(standard);
        }
        Logger root = Logger.getLogger("");
        LineHandler lines = new LineHandler();
        root.addHandler(lines);
        if (quiet) {
            lines.setLevel(Level.WARNING);
        }
        if (file.isPresent()) {
            root.addHandler(new LineHandler(new FileOutputStream(file.get().toFile())));
        } else if (quiet) {
            root.setLevel(Level.WARNING);
        }
    }
}
