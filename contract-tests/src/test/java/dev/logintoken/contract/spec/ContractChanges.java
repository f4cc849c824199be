package dev.logintoken.contract.spec;

import dev.logintoken.kit.Spec;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedApiResponse;
import org.openapitools.openapidiff.core.model.ChangedContent;
import org.openapitools.openapidiff.core.model.ChangedHeaders;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedParameter;
import org.openapitools.openapidiff.core.model.ChangedParameters;
import org.openapitools.openapidiff.core.model.ChangedSchema;
import org.openapitools.openapidiff.core.model.Endpoint;
import org.openapitools.openapidiff.core.model.schema.ChangedEnum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What callers can see of the difference between two states of the contract. Descriptions and examples are left out. */
final class ContractChanges {

    private static final String NONE = "none";

    private final ChangedOpenApi changes;
    private final Spec before;
    private final Spec after;

    ContractChanges(String before, String after) {
        this.changes = OpenApiCompare.fromContents(before, after);
        this.before = LoginTokenSpec.of(before);
        this.after = LoginTokenSpec.of(after);
    }

    /** Returns whether generated clients of the state before work with the state after. */
    boolean areCompatible() {
        return changes.isCompatible() && takesNoCode();
    }

    /** Returns whether the major version was raised. */
    boolean haveANewMajorVersion() {
        return major(versionAfter()) > major(versionBefore());
    }

    String versionBefore() {
        return changes.getOldSpecOpenApi().getInfo().getVersion();
    }

    String versionAfter() {
        return changes.getNewSpecOpenApi().getInfo().getVersion();
    }

    /**
     * Returns a changelog with these changes as its first section, in place of one for the same version. Without a new
     * version, the section is about what is not released.
     */
    String addTo(String changelog) {
        List<String> lines = lines();
        if (lines.isEmpty()) {
            return changelog;
        }
        String title = versionAfter().equals(versionBefore()) ? "Since " + versionBefore() : versionAfter();
        List<String> sections = new ArrayList<>(List.of(changelog.split("\n(?=## )")));
        sections.removeIf(section -> section.startsWith("## " + title + "\n"));
        sections.add(1, "## " + title + "\n\n" + String.join("\n", lines) + "\n");
        return String.join("\n", sections);
    }

    /** Returns a line of Markdown for each change, with the operations that it is about. */
    List<String> lines() {
        Map<String, List<String>> operations = new LinkedHashMap<>();
        for (Endpoint added : changes.getNewEndpoints()) {
            add(operations, "new operation", added.getOperation());
        }
        for (Endpoint removed : changes.getMissingEndpoints()) {
            add(operations, "**removed**", removed.getOperation());
        }
        for (ChangedOperation changed : changes.getChangedOperations()) {
            for (String change : changes(changed)) {
                add(operations, change, changed.getNewOperation());
            }
        }
        List<String> lines = new ArrayList<>();
        operations.forEach((change, ids) -> lines.add("- " + String.join(", ", ids) + ": " + change));
        after.catalog().forEach((code, entry) -> {
            if (before.catalog().containsKey(code) && !before.entry(code).equals(entry)) {
                lines.add("- " + code + ": other text");
            }
        });
        return List.copyOf(lines);
    }

    private static void add(Map<String, List<String>> operations, String change, Operation operation) {
        operations.computeIfAbsent(change, any -> new ArrayList<>()).add("`" + operation.getOperationId() + "`");
    }

    private List<String> changes(ChangedOperation operation) {
        List<String> parts = new ArrayList<>();
        if (operation.isDeprecated()) {
            parts.add("deprecated");
        }
        parameters(operation.getParameters(), parts);
        if (!Objects.equals(
                operation.getOldOperation().getSecurity(),
                operation.getNewOperation().getSecurity())) {
            parts.add("other credentials");
        }
        if (operation.getRequestBody() != null) {
            content("body", operation.getRequestBody().getContent(), parts);
        }
        codes(operation.getNewOperation().getOperationId(), parts);
        answers(operation.getApiResponses(), parts);
        return parts;
    }

    /** The comparison holds an answer that can say less for compatible; our sets of codes are closed on both sides. */
    private boolean takesNoCode() {
        return before.operations().keySet().stream()
                .allMatch(operation -> after.codes(operation).containsAll(before.codes(operation)));
    }

    private static void parameters(@Nullable ChangedParameters parameters, List<String> parts) {
        if (parameters == null) {
            return;
        }
        for (Parameter added : parameters.getIncreased()) {
            String need = Boolean.TRUE.equals(added.getRequired()) ? "required" : "optional";
            parts.add("new " + need + " " + parameter(added.getName(), added.getIn()));
        }
        for (Parameter removed : parameters.getMissing()) {
            parts.add("**removed** " + parameter(removed.getName(), removed.getIn()));
        }
        for (ChangedParameter changed : parameters.getChanged()) {
            schema(parameter(changed.getName(), changed.getIn()), changed.getSchema(), parts);
            if (changed.isChangeRequired()) {
                boolean required = Boolean.TRUE.equals(changed.getNewParameter().getRequired());
                parts.add(
                        parameter(changed.getName(), changed.getIn()) + " is " + (required ? "required" : "optional"));
            }
        }
    }

    private static String parameter(String name, String in) {
        return (in.equals("header") ? "header" : in + " parameter") + " `" + name + "`";
    }

    private void codes(String operation, List<String> parts) {
        if (before.operations().containsKey(operation)) {
            Set<String> added = new TreeSet<>(after.codes(operation));
            added.removeAll(before.codes(operation));
            Set<String> removed = new TreeSet<>(before.codes(operation));
            removed.removeAll(after.codes(operation));
            added.forEach(code -> parts.add("new error " + code));
            removed.forEach(code -> parts.add("**removed** error " + code));
        }
    }

    private static void answers(@Nullable ChangedApiResponse answers, List<String> parts) {
        if (answers == null) {
            return;
        }
        answers.getIncreased().keySet().forEach(status -> parts.add("new status " + status));
        answers.getMissing().keySet().forEach(status -> parts.add("**removed** status " + status));
        answers.getChanged().forEach((status, answer) -> {
            ChangedHeaders headers = answer.getHeaders();
            if (headers != null) {
                headers.getIncreased().keySet().forEach(name -> parts.add(status + ": new header `" + name + "`"));
                headers.getMissing()
                        .keySet()
                        .forEach(name -> parts.add(status + ": **removed** header `" + name + "`"));
            }
            content(status, answer.getContent(), parts);
        });
    }

    private static void content(String where, @Nullable ChangedContent content, List<String> parts) {
        if (content == null) {
            return;
        }
        content.getIncreased().keySet().forEach(type -> parts.add(where + ": new content type `" + type + "`"));
        content.getMissing().keySet().forEach(type -> parts.add(where + ": **removed** content type `" + type + "`"));
        content.getChanged().values().forEach(media -> schema(where, media.getSchema(), parts));
    }

    private static void schema(String where, @Nullable ChangedSchema schema, List<String> parts) {
        if (schema == null) {
            return;
        }
        schema.getIncreasedProperties().keySet().forEach(field -> parts.add(where + ": new field `" + field + "`"));
        schema.getMissingProperties()
                .keySet()
                .forEach(field -> parts.add(where + ": **removed** field `" + field + "`"));
        schema.getChangedProperties().forEach((field, changed) -> schema(where + " `" + field + "`", changed, parts));
        schema(where, schema.getItems(), parts);
        ChangedEnum<?> values = schema.getEnumeration();
        if (values != null) {
            values.getIncreased().forEach(value -> parts.add(where + ": new value `" + value + "`"));
            values.getMissing().forEach(value -> parts.add(where + ": **removed** value `" + value + "`"));
        }
        Map<String, Object> old = constraints(schema.getOldSchema());
        Map<String, Object> now = constraints(schema.getNewSchema());
        now.forEach((name, value) -> {
            if (!value.equals(old.get(name))) {
                parts.add(where + ": " + name + " `" + value + "`, was `" + old.get(name) + "`");
            }
        });
    }

    private static Map<String, Object> constraints(@Nullable Schema<?> schema) {
        Map<String, Object> constraints = new LinkedHashMap<>();
        if (schema != null) {
            constraints.put("type", Objects.requireNonNullElse(schema.getType(), NONE));
            constraints.put("format", Objects.requireNonNullElse(schema.getFormat(), NONE));
            constraints.put("pattern", Objects.requireNonNullElse(schema.getPattern(), NONE));
            constraints.put("minLength", Objects.requireNonNullElse(schema.getMinLength(), NONE));
            constraints.put("maxLength", Objects.requireNonNullElse(schema.getMaxLength(), NONE));
            constraints.put("minimum", Objects.requireNonNullElse(schema.getMinimum(), NONE));
            constraints.put("maximum", Objects.requireNonNullElse(schema.getMaximum(), NONE));
        }
        return constraints;
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
