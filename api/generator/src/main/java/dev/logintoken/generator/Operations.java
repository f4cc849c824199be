package dev.logintoken.generator;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The operations of a spec. */
final class Operations {

    private Operations() {}

    /** The operations by their ids; one without an id by its method and path. */
    static Map<String, Operation> of(OpenAPI openAPI) {
        Map<String, Operation> operations = new LinkedHashMap<>();
        openAPI.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    String id = operation.getOperationId();
                    operations.put(id == null ? method + " " + path : id, operation);
                }));
        return operations;
    }

    /** The name of the schema that holds an operation's codes. */
    static String set(String operationId) {
        return operationId.substring(0, 1).toUpperCase(Locale.ROOT) + operationId.substring(1) + "ErrorCode";
    }
}
