package dev.logintoken.contract.pact;

import au.com.dius.pact.core.model.DefaultPactReader;
import au.com.dius.pact.core.model.Pact;
import au.com.dius.pact.core.model.PactSource;
import au.com.dius.pact.provider.junitsupport.loader.PactFolderLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactUrlLoader;
import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.interaction.Interaction;
import dev.logintoken.kit.Broker;
import dev.logintoken.kit.Spec;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Pact files to verify: those in {@code pacts}, or those that {@code -Dpacts=} names, a folder or a URL, or those of
 * the Pact Broker at {@code -Dpactbroker.url=}. Whatever would let a run be green that verified nothing is a failure.
 */
public final class ConsumersPacts implements PactLoader {

    /** The name under which Pact files know the service. */
    public static final String PROVIDER = "login-token";

    private static final Path OWN = Path.of("pacts");

    private final PactLoader loader;
    private final boolean own;

    /** The files that this run is about. */
    public ConsumersPacts() throws IOException {
        String given = System.getProperty("pacts", "");
        this.own = !given();
        if (!fromBroker()) {
            this.loader = loader(given, Path.of(System.getProperty("pacts.typed-in", "")));
        } else if (given.isEmpty()) {
            this.loader = new Broker();
        } else {
            throw new IOException("Pact files come from one place: set either -Dpacts or -Dpactbroker.url.");
        }
    }

    /**
     * The files of a consumer.
     *
     * @param given a folder or a URL; empty for our own
     * @param typedIn what a relative folder is relative to
     */
    ConsumersPacts(String given, Path typedIn) throws IOException {
        this.own = false;
        this.loader = loader(given, typedIn);
    }

    /** Whether a consumer's files are verified instead of ours. */
    public static boolean given() {
        return fromBroker() || !System.getProperty("pacts", "").isEmpty();
    }

    @Override
    public List<Pact> load(String provider) throws IOException {
        List<Pact> pacts = new ArrayList<>(loader.load(provider));
        if (pacts.isEmpty()) {
            throw new IOException("No Pact file names the provider '" + provider + "'.");
        }
        for (Pact pact : pacts) {
            if (pact.getInteractions().isEmpty()) {
                throw new IOException("The Pact file of '" + pact.getConsumer().getName() + "' has no interaction.");
            }
            if (!pact.getProvider().getName().equals(provider)) {
                throw new IOException(wrongProvider(
                        pact.getConsumer().getName(), pact.getProvider().getName()));
            }
        }
        if (own) {
            pacts.add(samples());
        }
        return pacts;
    }

    /** What the build samples besides, since our own files leave it out. */
    private static Pact samples() throws IOException {
        byte[] json = Spec.JSON.writeValueAsBytes(new SharedSteps(LoginTokenSpec.load(), Interaction.in(OWN)).pact());
        return DefaultPactReader.INSTANCE.loadPact(new ByteArrayInputStream(json));
    }

    @Override
    public PactSource getPactSource() {
        return loader.getPactSource();
    }

    private static boolean fromBroker() {
        return System.getProperty("pactbroker.url") != null;
    }

    private static PactLoader loader(String given, Path typedIn) throws IOException {
        if (given.startsWith("http://") || given.startsWith("https://")) {
            return new PactUrlLoader(new String[] {given}, null);
        }
        Path folder = given.isEmpty() ? OWN : typedIn.resolve(given);
        check(folder);
        return new PactFolderLoader(folder.toFile());
    }

    private static void check(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("There is no folder " + folder.toAbsolutePath() + " with Pact files.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<File> pacts = files.map(Path::toFile)
                    .filter(file -> file.getName().endsWith(".json"))
                    .toList();
            if (pacts.isEmpty()) {
                throw new IOException("The folder " + folder.toAbsolutePath() + " has no Pact file (*.json).");
            }
            for (File file : pacts) {
                JsonNode provider = Spec.JSON.readTree(file).at("/provider/name");
                if (!provider.asText().equals(PROVIDER)) {
                    throw new IOException(wrongProvider(file.getName(), provider.asText()));
                }
            }
        }
    }

    private static String wrongProvider(String whose, String provider) {
        return "The Pact file " + whose + " names the provider '" + provider + "'; ours is '" + PROVIDER + "'.";
    }
}
