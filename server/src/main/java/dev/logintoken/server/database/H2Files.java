package dev.logintoken.server.database;

import dev.logintoken.server.failure.UnfitException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of an H2 database that this process opens itself. They hold email addresses and hashes. So only their owner
 * may read or write them, whatever the umask is. File systems without POSIX permissions are left as they are.
 */
public final class H2Files {

    /** Matches a path, perhaps behind names of the file systems by which H2 reads and writes the files there. */
    private static final Pattern URL = Pattern.compile(
            "(?i)jdbc:h2:(?:(?:(?:file|nio|nioMapped|async|cache|retry|split)(?::\\d+)?:)+(?<named>[^;:]+)"
                    + "|(?<plain>[./~][^;:]*))(?:;.*)?");

    private static final String EMBEDDED_FOLDER = "data";

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final String name;

    private H2Files(Path database) {
        this.folder = Objects.requireNonNull(database.getParent(), "a database stands in a folder");
        this.name = database.getFileName().toString();
    }

    /** Returns the files of the database at a URL. Returns empty if it is in memory, on a server, or not H2. */
    public static Optional<H2Files> of(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = matcher.group("named") == null ? matcher.group("plain") : matcher.group("named");
        String home = path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
        return Optional.of(new H2Files(Path.of(home).toAbsolutePath().normalize()));
    }

    /**
     * Returns the URL of a database of files with the settings that the service relies on, unless it says them itself: a
     * commit is on disk when it returns, and H2 writes no trace file, whose permissions are the umask's.
     */
    static String completed(String url) {
        String completed = url;
        if (of(url).isPresent()) {
            for (String setting : List.of("WRITE_DELAY", "TRACE_LEVEL_FILE")) {
                completed += setting(url, setting).isPresent() ? "" : ";" + setting + "=0";
            }
        }
        return completed;
    }

    /** Returns a line about each setting of the URL that endangers the data, and about a folder that others may read. */
    public static List<String> warnings(String url) {
        return Stream.concat(
                        settingWarnings(url),
                        of(url).filter(H2Files::othersReadFolder).stream()
                                .map(files ->
                                        "Other users can read the folder of the database: chmod 700 " + files.folder))
                .toList();
    }

    private static Stream<String> settingWarnings(String url) {
        return of(url).flatMap(files -> setting(url, "WRITE_DELAY")).filter(delay -> !delay.equals("0")).stream()
                .map(delay -> "The URL of the database has WRITE_DELAY=" + delay
                        + ": after a crash a token may be redeemed twice. Set WRITE_DELAY=0.");
    }

    private static Optional<String> setting(String url, String name) {
        Matcher matcher =
                Pattern.compile("(?i);\\s*" + name + "\\s*=\\s*([^;]*)").matcher(url);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    /**
     * Creates the folder if necessary, accessible to its owner only.
     *
     * @throws UnfitException if it is not writable
     */
    void prepare() {
        requireWritable();
        try {
            if (isPosix()) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            } else {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Returns whether there is a database. */
    public boolean exist() {
        return Files.exists(database());
    }

    /**
     * Checks that a start could write the files, and make the folder.
     *
     * @throws UnfitException if not
     */
    public void requireWritable() {
        Path parent = folder;
        while (!Files.exists(parent) && parent.getParent() != null) {
            parent = parent.getParent();
        }
        if (!Files.isDirectory(parent)) {
            throw unusable(parent, new FileAlreadyExistsException(parent.toString()));
        }
        for (Path path : List.of(parent, database())) {
            if (Files.exists(path) && !Files.isWritable(path)) {
                throw unusable(path, new AccessDeniedException(path.toString()));
            }
        }
    }

    /** Restricts the files, and the embedded database's folder, to their owner. */
    void protect() {
        if (isPosix()) {
            if (isOurs()) {
                restrict(folder, FOLDER);
            }
            files().forEach(file -> restrict(file, FILE));
        }
    }

    /** Returns a line about each file and folder that others may read or write but should not. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!isPosix() || !Files.isDirectory(folder)) {
            return problems;
        }
        Set<PosixFilePermission> of = permissions(folder);
        if (isOurs() ? !FOLDER.containsAll(of) : of.stream().anyMatch(OTHERS_WRITE::contains)) {
            problems.add("Other users can access the folder of the database: chmod 700 " + folder);
        }
        files().filter(file -> !FILE.containsAll(permissions(file)))
                .forEach(file -> problems.add("Other users can read or write the database: chmod 600 " + file));
        return problems;
    }

    /** Returns whether others may read but not write a folder that was there before. {@link #problems} has the rest. */
    private boolean othersReadFolder() {
        if (!isPosix() || !Files.isDirectory(folder) || isOurs()) {
            return false;
        }
        Set<PosixFilePermission> of = permissions(folder);
        return !FOLDER.containsAll(of) && of.stream().noneMatch(OTHERS_WRITE::contains);
    }

    /** Returns whether the folder is for the database only. */
    private boolean isOurs() {
        return folder.equals(Path.of(EMBEDDED_FOLDER).toAbsolutePath().normalize());
    }

    private Path database() {
        return folder.resolve(name + ".mv.db");
    }

    private Stream<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all
                    .filter(file -> file.getFileName().toString().startsWith(name + "."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private boolean isPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Set<PosixFilePermission> permissions(Path path) {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (IOException e) {
            return Set.of();
        }
    }

    /**
     * Restricts the permissions of a path. A path that belongs to somebody else stays as it is; the command
     * {@code check} reports it.
     */
    private static void restrict(Path path, Set<PosixFilePermission> permissions) {
        try {
            if (!permissions.containsAll(permissions(path))) {
                Files.setPosixFilePermissions(path, permissions);
            }
        } catch (IOException e) {
            ConnectionPool.LOG.warn("Other users can read or write {}", path, e);
        }
    }

    private static UnfitException unusable(Path path, IOException failure) {
        return new UnfitException("cannot write to " + path + ": " + reason(failure));
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it is not a folder";
        }
        return failure instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : failure.getClass().getSimpleName();
    }
}
