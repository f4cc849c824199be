package dev.logintoken.settings;

import java.util.BitSet;

/** Detects keys that were not drawn at random: text, zeros, a repeated pattern, a counting sequence. */
public final class Randomness {

    /**
     * The minimum number of different bytes. A key of 32 random bytes has some 30. Of a billion such keys, one has fewer
     * than this. A key of 16 bytes that is there twice always has fewer.
     */
    private static final int FEWEST_DIFFERENT = 17;

    private Randomness() {}

    /**
     * Returns whether a key of 32 bytes has enough different bytes, enough different steps from one byte to the next,
     * and a byte that is no printable ASCII character. Text, such as a password or hexadecimal digits, is easier to
     * guess than random bytes.
     */
    public static boolean isPlausible(byte[] key) {
        BitSet bytes = new BitSet();
        BitSet steps = new BitSet();
        boolean text = true;
        for (int i = 0; i < key.length; i++) {
            bytes.set(key[i] & 0xff);
            text &= key[i] >= ' ' && key[i] <= '~';
            steps.set((key[i] - key[(i + 1) % key.length]) & 0xff);
        }
        return !text && bytes.cardinality() >= FEWEST_DIFFERENT && steps.cardinality() >= FEWEST_DIFFERENT;
    }
}
