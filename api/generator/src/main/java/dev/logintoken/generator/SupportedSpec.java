package dev.logintoken.generator;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.openapitools.codegen.utils.ModelUtils;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Checks that stubs can be generated from a spec. It refuses all else, in one line each that says what to write
 * instead.
 */
final class SupportedSpec {

    private static final Set<String> FORMS = Set.of("application/x-www-form-urlencoded", "multipart/form-data");

    private final OpenAPI openAPI;
    private final Catalog catalog;
    private final UnaryOperator<String> javaName;
    private final List<String> findings = new ArrayList<>();

    SupportedSpec(OpenAPI openAPI, Catalog catalog, UnaryOperator<String> javaName) {
        this.openAPI = openAPI;
        this.catalog = catalog;
        this.javaName = javaName;
    }

    /** Returns one line for each unsupported feature. */
    List<String> findings() {
        String version = String.valueOf(openAPI.getOpenapi());
        if (!version.startsWith("3.0.")) {
            // The rest would be read differently, so it is not checked.
            return List.of(
                    "openapi: the version is " + version + "; write 3.0.3, the generator's 3.1 support is incomplete");
        }
        schemes().forEach(this::scheme);
        schemas().forEach(this::schema);
        catalog.codes().forEach(this::entry);
        catalog.dangling(openAPI)
                .forEach(name ->
                        add("a response shows components/examples/" + name + ", which does not exist; write it"));
        Operations.of(openAPI).forEach(this::operation);
        return findings;
    }

    private void scheme(String name, SecurityScheme scheme) {
        if (scheme.getType() == SecurityScheme.Type.APIKEY && scheme.getIn() == SecurityScheme.In.COOKIE) {
            add("components/securitySchemes/" + name + " is an API key in a cookie, which a browser sends for other"
                    + " sites, too; write in: header");
        }
    }

    private void schema(String name, Schema<?> schema) {
        if (schema.getOneOf() == null && schema.getAnyOf() == null) {
            return;
        }
        boolean set = name.endsWith("ErrorCode") && schema.getOneOf() != null;
        if (!set) {
            add("components/schemas/" + name + " has " + (schema.getOneOf() == null ? "anyOf" : "oneOf")
                    + ", which is for an operation's set of codes alone; write one object with optional properties");
            return;
        }
        for (Schema<?> reference : schema.getOneOf()) {
            Schema<?> group = ModelUtils.getReferencedSchema(openAPI, reference);
            if (group == null || group.getEnum() == null) {
                add("components/schemas/" + name + " has " + reference.get$ref()
                        + ", which is no group of codes; write an enum of strings in components/schemas");
            } else {
                group.getEnum().forEach(code -> code(ModelUtils.getSimpleRef(reference.get$ref()), code.toString()));
            }
        }
    }

    private void code(String group, String code) {
        if (!catalog.codes().contains(code)) {
            add("components/schemas/" + group + " has " + code
                    + ", whose texts are missing; write them in components/examples/" + code);
        } else if (catalog.statuses(code).isEmpty()) {
            add("components/schemas/" + group + " has " + code
                    + ", whose status is missing; show components/examples/" + code
                    + " at the response that has it");
        }
    }

    private void entry(String code) {
        Set<Integer> statuses = catalog.statuses(code);
        if (statuses.size() > 1 && statuses.stream().anyMatch(status -> status < 500)) {
            add("components/examples/" + code + " is shown with the statuses " + statuses + "; a code has one");
        }
        for (String field : List.of("code", "message", "solution")) {
            if (!catalog.entry(code).path(field).isTextual()) {
                add("components/examples/" + code + " has no errors/" + code + "/" + field + "; write it as a text");
            }
        }
        if (!catalog.entry(code).path("code").asText(code).equals(code)) {
            add("components/examples/" + code + " holds the code "
                    + catalog.entry(code).path("code").asText() + "; write " + code);
        }
    }

    private void operation(String id, Operation operation) {
        if (operation.getOperationId() == null) {
            add(id + " has no operationId; write one");
            return;
        }
        Schema<?> set = schemas().get(Operations.set(id));
        if (set == null || set.getOneOf() == null) {
            add(id + " has no set of codes; write components/schemas/" + Operations.set(id) + " with oneOf");
        }
        operation.getResponses().keySet().forEach(status -> {
            if (!status.matches("[1-5]\\d\\d")) {
                add(id + " has the response " + status + "; write the statuses one by one");
            }
        });
        Optional.ofNullable(operation.getRequestBody()).ifPresent(body -> body(id, body));
        Set<String> schemes = schemesOf(operation);
        for (Parameter declared : Optional.ofNullable(operation.getParameters()).orElse(List.of())) {
            parameter(id, ModelUtils.getReferencedParameter(openAPI, declared), schemes);
        }
    }

    private void body(String id, RequestBody body) {
        RequestBody resolved = ModelUtils.getReferencedRequestBody(openAPI, body);
        Set<String> types =
                Optional.ofNullable(resolved.getContent()).map(Map::keySet).orElse(Set.of());
        if (types.size() > 1 && types.stream().anyMatch(FORMS::contains)) {
            add(id + " takes a form or " + types + "; write two operations");
        }
    }

    private void parameter(String id, Parameter parameter, Set<String> schemes) {
        String name = id + ": the parameter " + parameter.getName();
        if (schemes.contains(javaName.apply(parameter.getName()))) {
            add(name + " has the name of a security scheme; rename one of them");
        }
        if (parameter.getSchema() == null) {
            add(name + " has content; write a schema");
            return;
        }
        if (StubsCodegen.isReadByFilter(parameter)) {
            if (!parameter.getIn().equals("header") || Boolean.TRUE.equals(parameter.getRequired())) {
                add(name + " has " + StubsCodegen.SERVER_FILTER
                        + ", which is for optional headers alone; remove the extension");
            }
            return;
        }
        Schema<?> schema = ModelUtils.getReferencedSchema(openAPI, parameter.getSchema());
        if (isStructure(schema)) {
            add(name + " is an object; write one parameter for each of its properties");
        } else if (schema.getItems() != null) {
            Schema<?> items = ModelUtils.getReferencedSchema(openAPI, schema.getItems());
            if (!parameter.getIn().equals("query")) {
                add(name + " is a list in a " + parameter.getIn() + "; write in: query");
            } else if (!Boolean.TRUE.equals(parameter.getExplode())) {
                add(name + " is a list in one value; write explode: true and style: form");
            }
            if (isStructure(items) || items.getItems() != null) {
                add(name + " is a list of lists or objects; write a list of texts or numbers");
            }
        } else if ("byte".equals(schema.getFormat()) || "binary".equals(schema.getFormat())) {
            add(name + " is binary; write a text, or send it as the body");
        }
    }

    private static boolean isStructure(Schema<?> schema) {
        return "object".equals(schema.getType())
                || schema.getProperties() != null
                || schema.getAdditionalProperties() != null
                || schema.getAllOf() != null;
    }

    /** Returns the Java names of the credentials that an operation takes. */
    private Set<String> schemesOf(Operation operation) {
        List<SecurityRequirement> alternatives = Optional.ofNullable(operation.getSecurity())
                .orElse(Optional.ofNullable(openAPI.getSecurity()).orElse(List.of()));
        Set<String> names = new HashSet<>();
        alternatives.forEach(alternative -> alternative.keySet().forEach(name -> names.add(javaName.apply(name))));
        return names;
    }

    private Map<String, SecurityScheme> schemes() {
        return Optional.ofNullable(openAPI.getComponents().getSecuritySchemes()).orElse(Map.of());
    }

    @SuppressWarnings("rawtypes")
    private Map<String, Schema> schemas() {
        return Optional.ofNullable(openAPI.getComponents().getSchemas()).orElse(Map.of());
    }

    private void add(String finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
