package dev.logintoken.server.page;

import dev.logintoken.server.contract.EntityTags;
import dev.logintoken.server.page.PageFilter.Page;
import dev.logintoken.server.secret.Sha256;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** Serves the pages' static files: our own, and two of Swagger UI. */
@Path("assets/{name}")
public final class AssetResource {

    private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    private static final String STYLE = "text/css;charset=utf-8";
    private static final int TAG_BYTES = 12;

    private static final Map<String, Asset> OF_BOTH_MODES = Map.of(
            "page.css", new Asset("page.css", STYLE),
            "page.js", new Asset("page.js", SCRIPT),
            "docs.css", new Asset("docs.css", STYLE),
            "docs.js", new Asset("docs.js", SCRIPT),
            "icon.svg", new Asset("icon.svg", "image/svg+xml"),
            "swagger-ui.css", new Asset(SWAGGER_UI + "swagger-ui.css", STYLE),
            "swagger-ui-bundle.js", new Asset(SWAGGER_UI + "swagger-ui-bundle.js", SCRIPT));

    private static final Map<String, Asset> OF_THE_SANDBOX = Map.of(
            "journal.css", new Asset("journal.css", STYLE),
            "journal.js", new Asset("journal.js", SCRIPT));

    private final boolean sandbox;
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

    /**
     * Creates the resource.
     *
     * @param sandbox whether to serve the files of pages that only a sandbox has
     */
    public AssetResource(boolean sandbox) {
        this.sandbox = sandbox;
    }

    private record Asset(String file, String type) {}

    private record Loaded(byte[] content, EntityTag tag) {}

    /** Returns a file. Browsers cache it until it changes. */
    @GET
    @Page
    public Response asset(
            @PathParam("name") String name, @Nullable @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
        Asset asset = find(name).orElseThrow(NotFoundException::new);
        Loaded file = loaded.computeIfAbsent(name, any -> load(asset));
        CacheControl askAgain = new CacheControl();
        askAgain.setNoCache(true);
        return (EntityTags.match(known, file.tag())
                        ? Response.notModified()
                        : Response.ok(file.content(), asset.type()))
                .tag(file.tag())
                .cacheControl(askAgain)
                .build();
    }

    private Optional<Asset> find(String name) {
        return Optional.ofNullable(OF_BOTH_MODES.get(name))
                .or(() -> Optional.ofNullable(OF_THE_SANDBOX.get(name)).filter(any -> sandbox));
    }

    private static Loaded load(Asset asset) {
        byte[] content = Templates.read(asset.file());
        byte[] tag = Arrays.copyOf(Sha256.of(content), TAG_BYTES);
        return new Loaded(
                content, new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(tag)));
    }

    /** Returns Swagger UI's version, after which the webjar's folder is named. */
    private static String version() {
        Properties webjar = new Properties();
        try (InputStream file = AssetResource.class.getResourceAsStream(WEBJAR)) {
            webjar.load(Objects.requireNonNull(file, WEBJAR));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return webjar.getProperty("version");
    }
}
