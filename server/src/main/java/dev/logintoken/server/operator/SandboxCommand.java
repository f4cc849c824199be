package dev.logintoken.server.operator;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;
import dev.logintoken.settings.Values;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "sandbox",
        description = {
            "Serve a sandbox for scripts and tests, until the process ends.",
            "",
            "It listens on a free port, keeps its data in memory, and logs warnings and errors to standard error. Once it"
                    + " answers, standard output says 'login-token is ready at URL'. Settings still apply, such as"
                    + " logintoken.ttl, or logintoken.db.url for a database. SIGTERM ends it.",
            ""
        })
@SuppressWarnings("NullAway.Init")
final class SandboxCommand implements Callable<Integer> {

    /** A database that lasts as long as the process. */
    private static final String IN_MEMORY = "jdbc:h2:mem:sandbox;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";

    @ParentCommand
    private Operator operator;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = Port.class,
            description = "Listen on this port. Without it, or with 0, the system chooses a free one.")
    private Optional<Integer> port;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description =
                    "Write the URL into this file once the sandbox answers. The file appears with its whole content."
                            + " The sandbox deletes it at its start and at its end.")
    private Optional<Path> readyFile;

    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            description = "Write the whole log into this file, with a line for each request.")
    private Optional<Path> logFile;

    @Option(
            names = "--until-stdin-closes",
            description =
                    "End when standard input ends. If standard input is a pipe from the parent process, the sandbox"
                            + " ends with its parent, even after kill -9.")
    private boolean untilStdinCloses;

    /** Converts a port. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                return KnownSettings.HTTP_PORT.kind().parser().apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not "
                        + KnownSettings.HTTP_PORT.kind().allowed());
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        Values values = Values.load();
        if (!values.find(KnownSettings.SANDBOX).orElse(true)) {
            throw new InvalidSettingException(
                    "logintoken.sandbox is false, but this command starts a sandbox: remove it (set by "
                            + values.origin(KnownSettings.SANDBOX).orElseThrow() + ").");
        }
        set(KnownSettings.SANDBOX, "true");
        setUnlessGiven(values, KnownSettings.DB_URL, IN_MEMORY);
        port.ifPresentOrElse(
                number -> set(KnownSettings.HTTP_PORT, number.toString()),
                () -> setUnlessGiven(values, KnownSettings.HTTP_PORT, "0"));
        Map<String, String> options = new HashMap<>();
        if (readyFile.isPresent()) {
            options.put("ready-file", writable("--ready-file", readyFile.get()));
            Files.deleteIfExists(readyFile.get());
        }
        if (logFile.isPresent()) {
            options.put("log-file", writable("--log-file", logFile.get()));
        }
        options.put("until-stdin-closes", Boolean.toString(untilStdinCloses));
        operator.serve(options);
        return 0;
    }

    /** Returns the absolute path of a file, once it is known that the file can be made. */
    private static String writable(String option, Path file) {
        Path absolute = file.toAbsolutePath();
        @Nullable Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw new InvalidSettingException(option + " must name a file, and " + absolute + " is a folder.");
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidSettingException(option + " names a file in " + folder + ", and there is no such folder.");
        }
        if (!Files.isWritable(Files.exists(absolute) ? absolute : folder)) {
            throw new InvalidSettingException(option + " names " + absolute + ", which this user may not write.");
        }
        return absolute.toString();
    }

    private static void setUnlessGiven(Values values, Setting<?> setting, String value) {
        if (values.origin(setting).isEmpty()) {
            set(setting, value);
        }
    }

    /** Sets a setting of the service that this process is about to start. */
    private static void set(Setting<?> setting, String value) {
        System.setProperty(setting.key(), value);
    }
}
