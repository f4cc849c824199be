package dev.logintoken.contract.fuzz.judge;

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

    /** Whatever the spec declares for the operation, but failures. */
    public static final ExpectedAnswer DECLARED = new ExpectedAnswer(0, Set.of(), Map.of());

    /** A success. */
    public static ExpectedAnswer success(int status) {
        return new ExpectedAnswer(status, Set.of(), Map.of());
    }

    /** A refusal for all of these reasons. */
    public static ExpectedAnswer refusal(Set<String> codes) {
        int status = codes.contains("ER901") ? 413 : codes.contains("ER006") ? 429 : 400;
        return new ExpectedAnswer(status, Set.copyOf(codes), Map.of());
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
