package dev.logintoken.server.key;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.logintoken.settings.Randomness;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads keys from a file with a JWK set (RFC 7517). In each key, {@code kty} is {@code oct} and {@code alg} is its
 * {@linkplain Purpose#algorithm() purpose}. It signs from {@code nbf}, or from the beginning if that is absent. It
 * stops verifying at {@code exp}.
 */
public final class KeyFile {

    /** The prefix of the sandbox's published keys, which production refuses. */
    public static final String PUBLISHED = "sandbox key: ";

    private static final String LOGIN_TOKEN_ID = "[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]";

    private final Path path;

    /**
     * Creates a reader of a key file.
     *
     * @param path the file, which is read again each time
     */
    public KeyFile(Path path) {
        this.path = path;
    }

    /**
     * Returns the keys of a purpose, at least one, in the file's order.
     *
     * @throws InvalidKeysException if the file cannot be read, or any of its keys cannot be used
     */
    public List<Key> read(Purpose purpose) {
        Map<Purpose, List<Key>> keys = new EnumMap<>(Purpose.class);
        Set<ByteBuffer> secrets = new HashSet<>();
        List<JWK> jwks = parse().getKeys();
        for (int i = 0; i < jwks.size(); i++) {
            JWK jwk = jwks.get(i);
            String which = "its key number " + (i + 1) + " ";
            List<Key> sameUse = keys.computeIfAbsent(purpose(jwk, which), use -> new ArrayList<>());
            Key key = key(jwk, which);
            if (sameUse.stream().anyMatch(other -> other.id().equals(key.id()))) {
                throw invalid(which + "has the same alg and kid as another one");
            }
            if (!secrets.add(ByteBuffer.wrap(key.secret()))) {
                throw invalid(which + "has the same k as another one");
            }
            sameUse.add(key);
        }
        for (Purpose each : Purpose.values()) {
            if (!keys.containsKey(each)) {
                throw invalid("it has no key whose alg is " + each.algorithm());
            }
        }
        return List.copyOf(keys.getOrDefault(purpose, List.of()));
    }

    private JWKSet parse() {
        try {
            return JWKSet.parse(Files.readString(path));
        } catch (IOException e) {
            throw invalid("it cannot be read: " + reason(e));
        } catch (ParseException e) { // Whose message quotes the file.
            throw invalid("it is not a JWK set");
        }
    }

    private String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + path.toAbsolutePath();
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied; give it to the user of the service, with the rights 600";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is no text in UTF-8";
        }
        return Files.isDirectory(path) ? "it is a folder" : failure.getClass().getSimpleName();
    }

    private Purpose purpose(JWK jwk, String which) {
        String algorithm = jwk.getAlgorithm() == null ? "" : jwk.getAlgorithm().getName();
        for (Purpose purpose : Purpose.values()) {
            if (purpose.algorithm().equals(algorithm)) {
                return purpose;
            }
        }
        throw invalid(which + "needs an alg, " + Purpose.JWT.algorithm() + " or " + Purpose.LOGIN_TOKEN.algorithm());
    }

    private Key key(JWK jwk, String which) {
        String id = jwk.getKeyID();
        if (id == null || id.isEmpty()) {
            throw invalid(which + "needs a kid");
        }
        if (Purpose.LOGIN_TOKEN.algorithm().equals(jwk.getAlgorithm().getName()) && !id.matches(LOGIN_TOKEN_ID)) {
            throw invalid(which + "needs a kid from 0 to 255, since it is for login tokens");
        }
        if (!(jwk instanceof OctetSequenceKey secret) || secret.toByteArray().length != Key.LENGTH) {
            throw invalid(which + "needs " + Key.LENGTH + " random bytes in base64url as k, and oct as kty");
        }
        byte[] bytes = secret.toByteArray();
        if (new String(bytes, StandardCharsets.ISO_8859_1).startsWith(PUBLISHED)) {
            throw invalid(which + "is a published key of the sandbox");
        }
        if (!Randomness.isPlausible(bytes)) {
            throw invalid(which + "is not random: it is text, or has too few different bytes");
        }
        return new Key(
                id, bytes, moment(jwk.getNotBeforeTime(), Instant.MIN), moment(jwk.getExpirationTime(), Instant.MAX));
    }

    private static Instant moment(@Nullable Date date, Instant otherwise) {
        return date == null ? otherwise : date.toInstant();
    }

    private InvalidKeysException invalid(String reason) {
        return new InvalidKeysException("The file of logintoken.keys.file cannot be used: " + reason + ".");
    }
}
