package dev.logintoken.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.server.page.PageFilter.Page;
import dev.logintoken.server.resource.SpecResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Serves the API reference: the spec rendered in the browser, and the error catalog as a table. */
@Path("docs")
public final class DocsResource {

    private final Templates templates = new Templates();
    private final SpecResource spec;
    private final Optional<Playground> playground;

    /** Created on first use, like the spec as JSON. */
    private @Nullable List<ErrorRow> catalog;

    /**
     * An entry of the error catalog.
     *
     * @param code the code by which clients distinguish errors
     * @param message what is wrong
     * @param solution what the caller can do about it
     * @param operations the operations that can answer it
     */
    record ErrorRow(String code, String message, String solution, String operations) {}

    /** Creates the resource. Production has no playground. */
    public DocsResource(SpecResource spec, Optional<Playground> playground) {
        this.spec = spec;
        this.playground = playground;
    }

    /** Returns the page. */
    @GET
    @Page
    @Produces(Layout.HTML)
    public String page(@Context UriInfo uri) {
        String url = uri.getBaseUri().toString().replaceFirst("/$", "");
        Map<String, Object> values = new HashMap<>(Layout.english(uri, "API reference"));
        values.put("docs", true);
        values.put("spec", "openapi.yaml");
        values.put("errors", true);
        values.put("catalog", catalog().stream().map(entry -> row(entry, url)).toList());
        playground.ifPresent(published -> values.put("playground", published));
        return templates.page("docs", values);
    }

    /** Returns the page about the interface by which tests control the sandbox. */
    @GET
    @Path("sandbox")
    @Page
    @Produces(Layout.HTML)
    public String sandbox(@Context UriInfo uri) {
        if (playground.isEmpty()) {
            throw new NotFoundException();
        }
        Map<String, Object> values = new HashMap<>(Layout.english(uri, "Sandbox reference"));
        values.put("docs", true);
        values.put("spec", "_sandbox/openapi.yaml");
        return templates.page("docs", values);
    }

    private Map<String, Object> row(ErrorRow entry, String url) {
        Map<String, Object> row = new HashMap<>(Map.of("entry", entry));
        playground.map(published -> published.curlLines().get(entry.code())).ifPresent(line -> {
            row.put("curl", line.text().replace("{url}", url));
            row.put("interaction", line.interaction());
        });
        return row;
    }

    private synchronized List<ErrorRow> catalog() {
        if (catalog == null) {
            catalog = read(spec.document());
        }
        return catalog;
    }

    private static List<ErrorRow> read(JsonNode spec) {
        Map<String, Set<String>> operations = new TreeMap<>();
        spec.get("paths")
                .forEach(path -> path.forEach(operation -> operation
                        .get("responses")
                        .forEach(response -> SpecResource.resolved(spec, response)
                                .findValues("examples")
                                .forEach(examples -> examples.fieldNames()
                                        .forEachRemaining(code -> operations
                                                .computeIfAbsent(code, any -> new LinkedHashSet<>())
                                                .add(operation
                                                        .get("operationId")
                                                        .asText()))))));
        List<ErrorRow> catalog = new ArrayList<>();
        spec.at("/components/examples").properties().forEach(example -> {
            JsonNode error = example.getValue().at("/value/errors/" + example.getKey());
            catalog.add(new ErrorRow(
                    example.getKey(),
                    error.path("message").asText(),
                    error.path("solution").asText(),
                    String.join(", ", operations.getOrDefault(example.getKey(), Set.of()))));
        });
        return catalog;
    }
}
