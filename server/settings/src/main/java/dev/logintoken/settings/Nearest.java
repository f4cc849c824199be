package dev.logintoken.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known key that is most similar to a mistyped one.
 *
 * @param keys the known keys, at least one
 */
public record Nearest(List<String> keys) {

    /** The maximum number of different letters that counts as a slip. */
    private static final int SLIP = 2;

    /** Returns the key that takes the fewest changes. Leaving out whole words counts as one change. */
    public String to(String name) {
        return keys.stream()
                .min(Comparator.comparingInt(key -> changes(name, key)))
                .orElseThrow();
    }

    /** Returns the same key, if it takes so few changes that it may be meant. */
    public Optional<String> suggestion(String name) {
        boolean saysNothing = keys.stream().allMatch(key -> hasWordsOf(name, key));
        // Two slips in three letters would make any short word of any other.
        int few = Math.min(SLIP, name.length() / 2);
        return Optional.of(to(name)).filter(key -> !saysNothing && changes(name, key) <= few);
    }

    private static int changes(String name, String key) {
        return hasWordsOf(name, key) ? 1 : distance(plain(name), plain(key));
    }

    private static boolean hasWordsOf(String name, String key) {
        return words(key).containsAll(words(name));
    }

    private static List<String> words(String name) {
        return List.of(plain(name).split("\\."));
    }

    /**
     * Returns whether a name is only a slip away from a key. A start asks this about every system property and environment
     * variable, so it computes few distances.
     */
    boolean isClose(String name) {
        String plain = plain(name);
        return keys.stream()
                .filter(key -> Math.abs(key.length() - plain.length()) <= SLIP)
                .map(Nearest::plain)
                .anyMatch(key -> lacking(plain, key) <= SLIP && distance(plain, key) <= SLIP);
    }

    /** Returns how many different letters a key has and a name lacks. The edit distance is at least that. */
    private static int lacking(String name, String key) {
        return Long.bitCount(letters(key) & ~letters(name));
    }

    /** Returns the set of a text's letters; two letters may share a bit. */
    private static long letters(String text) {
        long letters = 0;
        for (int i = 0; i < text.length(); i++) {
            letters |= 1L << text.charAt(i);
        }
        return letters;
    }

    /** Returns a name independent of how its source spells names. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    /** Returns the edit distance: the number of letters to insert, delete, replace, or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], 1 + cost[i - 2][j - 2]);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
