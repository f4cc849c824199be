package dev.logintoken.server.terminal;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Explains in one line what is wrong with a command line, and what to do. */
public final class Mistake {

    private Mistake() {}

    /** Returns the line. It quotes the command line's texts unchanged. */
    public static String of(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        String what = problem instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched, command)
                : Optional.ofNullable(problem.getMessage()).orElse(problem.toString());
        return (what.matches("(?s).*[.?]") ? what : what + ".") + " Try '" + command + " --help'.";
    }

    /** Returns a line about the first unknown argument only. Later ones may be right once this one is corrected. */
    private static String unknown(UnmatchedArgumentException problem, String command) {
        String word = problem.getUnmatched().get(0);
        String what = (problem.isUnknownOption() ? "Unknown option: '" : "Unknown: '") + word + "'.";
        List<String> nearest = problem.getSuggestions();
        return nearest.isEmpty()
                ? what
                : what
                        + nearest.stream()
                                .map(name ->
                                        "'" + name.replaceFirst("^" + java.util.regex.Pattern.quote(command) + " ", "")
                                                + "'")
                                .collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }
}
