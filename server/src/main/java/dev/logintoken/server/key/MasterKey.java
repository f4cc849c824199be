package dev.logintoken.server.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps the keys in the database by AES-256-GCM (NIST SP 800-38D): a nonce of 12 bytes, the encrypted key, and a tag of
 * 16 bytes. Purpose and id of the key are authenticated too, so one row cannot pass for another.
 */
public final class MasterKey {

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    public MasterKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Returns a wrapped key, which may be stored. */
    byte[] wrap(Purpose purpose, int id, byte[] secret) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, purpose, id, nonce).doFinal(secret);
            return ByteBuffer.allocate(NONCE_LENGTH + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM.", e);
        }
    }

    /**
     * Returns the key inside a wrapped key.
     *
     * @throws InvalidKeysException if it was wrapped by another master key, for another purpose or with another id
     */
    byte[] unwrap(Purpose purpose, int id, byte[] wrapped) {
        byte[] nonce = Arrays.copyOf(wrapped, NONCE_LENGTH);
        try {
            return cipher(Cipher.DECRYPT_MODE, purpose, id, nonce)
                    .doFinal(wrapped, NONCE_LENGTH, wrapped.length - NONCE_LENGTH);
        } catch (AEADBadTagException e) {
            throw new InvalidKeysException("logintoken.keys.master does not open the key " + purpose + " " + id
                    + " in the database: set the master key that the other nodes have.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM.", e);
        }
    }

    private Cipher cipher(int mode, Purpose purpose, int id, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((purpose.name() + " " + id).getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
