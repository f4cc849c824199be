package dev.logintoken.contract.fuzz.judge;

import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Spec;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an answer may come to.
 *
 * @param codes the codes of a refusal, all of them; none if it succeeds
 * @param fields what the body of a success must hold
 */
public record ExpectedAnswer(int status, Set<String> codes, Map<String, String> fields) {

    private static final String GENERAL = "ER999";

    /** The status of each code, as the spec's examples have it. */
    private static final Map<String, Integer> STATUSES = statuses(LoginTokenSpec.load());

    /** Whatever the spec declares for the operation, but failures. */
    public static final ExpectedAnswer DECLARED = new ExpectedAnswer(0, Set.of(), Map.of());

    /** A success. */
    public static ExpectedAnswer success(int status) {
        return new ExpectedAnswer(status, Set.of(), Map.of());
    }

    /** A refusal for all of these reasons. The greatest status of its codes counts. */
    public static ExpectedAnswer refusal(Set<String> codes) {
        int status = codes.stream().mapToInt(STATUSES::get).max().orElseThrow();
        return new ExpectedAnswer(status, Set.copyOf(codes), Map.of());
    }

    private static Map<String, Integer> statuses(Spec spec) {
        Map<String, Integer> statuses = new TreeMap<>();
        spec.operations()
                .values()
                .forEach(operation -> operation
                        .get("responses")
                        .properties()
                        .forEach(response -> spec.examplesOf(response.getValue())
                                .forEach(code -> statuses.put(code, Integer.valueOf(response.getKey())))));
        return statuses;
    }

    /** Returns the refusal with the given codes. */
    public static ExpectedAnswer refusal(String... codes) {
        return refusal(Set.of(codes));
    }

    /** The general error with a status. */
    public static ExpectedAnswer general(int status) {
        return new ExpectedAnswer(status, Set.of(GENERAL), Map.of());
    }

    /** The same with one more field in the body. */
    public ExpectedAnswer with(String field, String value) {
        Map<String, String> more = new TreeMap<>(fields);
        more.put(field, value);
        return new ExpectedAnswer(status, codes, Map.copyOf(more));
    }

    /** Whether it is answered by the general error. */
    boolean isGeneral() {
        return codes.contains(GENERAL);
    }

    @Override
    public String toString() {
        return status + (codes.isEmpty() ? "" : " " + new TreeSet<>(codes)) + (fields.isEmpty() ? "" : " " + fields);
    }
}
