package dev.logintoken.server.reference;

import dev.logintoken.server.page.Layout;
import dev.logintoken.server.page.PageFilter.Page;
import dev.logintoken.server.page.Playground;
import dev.logintoken.server.page.Playground.Sample;
import dev.logintoken.server.page.Templates;
import dev.logintoken.server.resource.SpecResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves the API reference: the spec rendered in the browser, and the error catalog as a table. */
@Path("docs")
public final class DocsResource {

    private final Templates templates = new Templates();
    private final SpecResource spec;
    private final Optional<Playground> playground;

    /** Created on first use, like the spec as JSON. */
    private @Nullable Reference reference;

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
        Map<String, Object> values = Layout.english(uri, "API reference");
        values.put("docs", true);
        values.put("spec", "openapi.yaml");
        values.put("errors", true);
        values.put(
                "catalog",
                reference().codes().stream().map(entry -> row(entry, url)).toList());
        values.put(
                "operations",
                reference().operations().stream()
                        .map(operation -> row(operation, url))
                        .toList());
        values.put("headers", reference().headers());
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
        Map<String, Object> values = Layout.english(uri, "Sandbox reference");
        values.put("docs", true);
        values.put("spec", "_sandbox/openapi.yaml");
        return templates.page("docs", values);
    }

    private Map<String, Object> row(Reference.Code entry, String url) {
        Map<String, Object> row = new HashMap<>(Map.of("entry", entry));
        playground.map(published -> published.curlLines().get(entry.code())).ifPresent(line -> {
            row.put("curl", line.text().replace("{url}", url));
            row.put("interaction", line.interaction());
        });
        return row;
    }

    private Map<String, Object> row(Reference.Operation operation, String url) {
        List<Sample> samples = playground
                .map(published -> published.samples().get(operation.method() + " " + operation.path()))
                .orElse(List.of());
        return Map.of(
                "operation",
                operation,
                "samples",
                samples.stream()
                        .map(sample ->
                                new Sample(sample.language(), sample.text().replace("{url}", url)))
                        .toList(),
                "hasSamples",
                !samples.isEmpty());
    }

    private synchronized Reference reference() {
        if (reference == null) {
            reference = new Reference(spec.document());
        }
        return reference;
    }
}
