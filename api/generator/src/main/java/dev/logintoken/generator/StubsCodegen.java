package dev.logintoken.generator;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.CodegenResponse;
import org.openapitools.codegen.CodegenSecurity;
import org.openapitools.codegen.SupportingFile;
import org.openapitools.codegen.languages.JavaJAXRSSpecServerCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.OperationsMap;
import org.openapitools.codegen.utils.ModelUtils;

import java.util.List;
import java.util.stream.Collectors;

/** Generates the stubs, by {@code jaxrs-spec}, templates of its own, and the facts that these need. */
public final class StubsCodegen extends JavaJAXRSSpecServerCodegen {

    /** The group of codes that answers a parameter's wrong value, in operations whose set contains it. */
    static final String PARAMETER_GROUP = "ParameterErrorCode";

    /** The extension of a parameter that a server filter reads, so that no operation needs it. */
    static final String SERVER_FILTER = "x-server-filter";

    /** Where the templates are on the class path. */
    private static final String TEMPLATES = "login-token-stubs";

    /** Creates a generator that takes the templates from its own jar, unless {@code templateDirectory} is set. */
    public StubsCodegen() {
        templateDir = TEMPLATES;
    }

    /** Adds the generated files that no schema of the spec asks for. */
    @Override
    public void processOpts() {
        super.processOpts();
        String models = sourceFolder + "/" + modelPackage.replace('.', '/');
        supportingFiles.add(new SupportingFile("refusal.mustache", models, "Refusal.java"));
        supportingFiles.add(new SupportingFile("catalog.mustache", models, "Catalog.java"));
        supportingFiles.add(new SupportingFile(
                "invalidParameter.mustache",
                sourceFolder + "/" + apiPackage.replace('.', '/'),
                "InvalidParameter.java"));
    }

    @Override
    public String getName() {
        return "login-token-stubs";
    }

    /**
     * Reads the catalog, and prepares the spec for the generator.
     *
     * @throws UnsupportedSpecException if the spec uses a feature from which no stub can be generated
     */
    @Override
    public void preprocessOpenAPI(OpenAPI openAPI) {
        Catalog catalog = new Catalog(openAPI);
        List<String> findings = new SupportedSpec(openAPI, catalog, this::toParamName).findings();
        if (!findings.isEmpty()) {
            throw new UnsupportedSpecException(findings);
        }
        additionalProperties.put("catalog", catalog.entries());
        Operations.of(openAPI).values().forEach(operation -> leaveToFilter(openAPI, operation));
        super.preprocessOpenAPI(openAPI);
    }

    /**
     * Removes the parameters that a filter reads. A resource does not use them, and a client sets them for all
     * operations in its own filter.
     */
    private static void leaveToFilter(OpenAPI openAPI, Operation operation) {
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream()
                    .filter(parameter -> !isReadByFilter(ModelUtils.getReferencedParameter(openAPI, parameter)))
                    .toList());
        }
    }

    /** Returns whether a server filter reads a parameter. */
    static boolean isReadByFilter(Parameter parameter) {
        return parameter.getExtensions() != null
                && Boolean.TRUE.equals(parameter.getExtensions().get(SERVER_FILTER));
    }

    @Override
    public OperationsMap postProcessOperationsWithModels(OperationsMap objs, List<ModelMap> allModels) {
        OperationsMap result = super.postProcessOperationsWithModels(objs, allModels);
        for (CodegenOperation operation : result.getOperations().getOperation()) {
            operation.responses.stream()
                    .filter(response -> "void".equals(response.dataType))
                    .forEach(response -> response.dataType = null);
            List<CodegenResponse> successes = successes(operation);
            if (!successes.isEmpty()) {
                operation.vendorExtensions.put("x-successes", successes);
                operation.vendorExtensions.put("x-success-class", operation.operationIdCamelCase + "Success");
            }
            if (refusesParameters(operation, allModels)) {
                operation.vendorExtensions.put("x-parameter-group", PARAMETER_GROUP);
            }
            if (operation.authMethods != null) {
                for (CodegenSecurity scheme : operation.authMethods) {
                    scheme.vendorExtensions.put("x-param-name", toParamName(scheme.name));
                }
            }
        }
        return result;
    }

    /**
     * Returns the answers that a method has to distinguish. There are none if its return type says all: a model with
     * 200, or void with 204.
     */
    private static List<CodegenResponse> successes(CodegenOperation operation) {
        List<CodegenResponse> successes = operation.responses.stream()
                .filter(response -> Integer.parseInt(response.code) < 400)
                // A filter answers a conditional request, not the operation.
                .filter(response -> !response.code.equals("304"))
                .toList();
        return successes.size() == 1 && isUsual(successes.get(0)) ? List.of() : successes;
    }

    private static boolean isUsual(CodegenResponse success) {
        return success.code.equals(success.dataType == null ? "204" : "200");
    }

    private static boolean refusesParameters(CodegenOperation operation, List<ModelMap> models) {
        return models.stream()
                .map(ModelMap::getModel)
                .filter(model -> model.classname.equals(operation.operationIdCamelCase + "ErrorCode"))
                .anyMatch(model -> model.oneOf.contains(PARAMETER_GROUP));
    }

    @Override
    public void postProcessParameter(CodegenParameter parameter) {
        super.postProcessParameter(parameter);
        if (!parameter.dataType.equals("String")) {
            parameter.pattern = null;
            parameter.minLength = null;
            parameter.maxLength = null;
        } else if (parameter._enum != null && parameter.pattern == null) {
            // The generator makes no type for an enum within a parameter.
            parameter.pattern = StringEscapeUtils.escapeJava(parameter._enum.stream()
                    .map(value -> value.replaceAll("[^A-Za-z0-9]", "\\\\$0"))
                    .collect(Collectors.joining("|")));
        }
        if (parameter.isInteger || parameter.isLong) {
            // The templates have no exclusive bound for whole numbers.
            parameter.minimum = inclusive(parameter.minimum, parameter.exclusiveMinimum, 1);
            parameter.maximum = inclusive(parameter.maximum, parameter.exclusiveMaximum, -1);
        }
    }

    private static @Nullable String inclusive(@Nullable String bound, boolean exclusive, int step) {
        return bound == null || !exclusive ? bound : String.valueOf(Long.parseLong(bound) + step);
    }

    @Override
    public void postProcessModelProperty(CodegenModel model, CodegenProperty property) {
        super.postProcessModelProperty(model, property);
        for (CodegenProperty inner = property; inner != null; inner = inner.items) {
            if (inner.isDateTime || inner.isDate || inner.isUuid || inner.isUri || inner.isByteArray) {
                // These constraints describe the JSON text. Bean Validation does not apply them to an Instant, a UUID
                // or a URI.
                inner.pattern = null;
                inner.minLength = null;
                inner.maxLength = null;
            }
            if (inner.isInteger || inner.isLong) {
                inner.minimum = inclusive(inner.minimum, inner.exclusiveMinimum, 1);
                inner.maximum = inclusive(inner.maximum, inner.exclusiveMaximum, -1);
            }
        }
    }
}
