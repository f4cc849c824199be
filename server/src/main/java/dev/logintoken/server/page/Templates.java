package dev.logintoken.server.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Renders the pages' logic-less templates. Every value is escaped, and an unknown name fails. */
public final class Templates {

    private final Mustache.Compiler compiler = Mustache.compiler();
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    /**
     * Renders a whole page.
     *
     * @param name the template of its content
     * @param values the values for the template and the layout around it
     */
    public String page(String name, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("content", template(name).execute(values));
        return template("layout").execute(all);
    }

    private Template template(String name) {
        return templates.computeIfAbsent(
                name,
                file -> compiler.compile(new StringReader(new String(read(file + ".html"), StandardCharsets.UTF_8))));
    }

    /** Returns a file from this class's folder. */
    static byte[] read(String file) {
        try (InputStream stream = Templates.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(stream, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
