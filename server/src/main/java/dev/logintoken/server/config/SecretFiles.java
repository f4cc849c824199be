package dev.logintoken.server.config;

import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;
import dev.logintoken.settings.Values;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Finds files with secrets that other users can read, write or replace. */
public final class SecretFiles {

    /** Permissions that others must not have. The service's own group may read. */
    private static final Set<PosixFilePermission> FORBIDDEN =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private static final int OTHERS_WRITE = 0022;
    private static final int STICKY = 01000;

    private SecretFiles() {}

    /**
     * Returns warnings about the settings file and the key file.
     *
     * @param values the settings
     */
    public static List<String> warnings(Values values) {
        List<Path> files = new ArrayList<>();
        Path settings = Path.of(Values.FILE).toAbsolutePath().normalize();
        if (KnownSettings.all().stream()
                .filter(setting -> setting.is(Setting.Trait.SECRET))
                .flatMap(setting -> values.origin(setting).stream())
                .anyMatch(origin -> origin.endsWith(" in " + settings))) {
            files.add(settings);
        }
        values.find(KnownSettings.KEYS_FILE).ifPresent(file -> files.add(file.toAbsolutePath()));
        List<String> warnings = new ArrayList<>();
        for (Path file : files) {
            if (isOpen(file)) {
                warnings.add("Other users can read or write the secrets in " + file + ": chmod 600 " + file);
            }
            Path folder = file.getParent();
            if (folder != null && isReplaceable(folder)) {
                warnings.add("Other users can replace files in " + folder + ", where " + file
                        + " has secrets: chmod go-w " + folder);
            }
        }
        return warnings;
    }

    /**
     * Returns whether others can replace files in a folder. Write access to the folder is enough, unless the sticky bit
     * leaves that to the files' owners.
     */
    private static boolean isReplaceable(Path folder) {
        try {
            int mode = (Integer) Files.getAttribute(folder, "unix:mode");
            return (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) { // Not there, or no Unix.
            return false;
        }
    }

    private static boolean isOpen(Path file) {
        try {
            return !Collections.disjoint(Files.getPosixFilePermissions(file), FORBIDDEN);
        } catch (IOException | UnsupportedOperationException e) { // Not there, or not POSIX.
            return false;
        }
    }
}
