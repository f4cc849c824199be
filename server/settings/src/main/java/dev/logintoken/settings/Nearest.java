package dev.logintoken.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

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
        String plain = plain(name);
        List<String> words = List.of(plain.split("\\."));
        return keys.stream()
                .min(Comparator.comparingInt(
                        key -> List.of(plain(key).split("\\.")).containsAll(words) ? 1 : distance(plain, plain(key))))
                .orElseThrow();
    }

    /** Returns whether a name is only a slip away from a key. */
    boolean isClose(String name) {
        String plain = plain(name);
        return keys.stream()
                .map(Nearest::plain)
                .anyMatch(key -> Math.abs(key.length() - plain.length()) <= SLIP && distance(plain, key) <= SLIP);
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
