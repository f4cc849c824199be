package dev.logintoken.generator;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Lists the operations of a spec. */
final class Operations {

    private Operations() {}

    /** Returns the operations by id, or by method and path if one has no id. */
    static Map<String, Operation> of(OpenAPI openAPI) {
        Map<String, Operation> operations = new LinkedHashMap<>();
        openAPI.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    String id = operation.getOperationId();
                    operations.put(id == null ? method + " " + path : id, operation);
                }));
        return operations;
    }

    /** Returns the name of the schema that holds an operation's codes. */
    static String set(String operationId) {
        return operationId.substring(0, 1).toUpperCase(Locale.ROOT) + operationId.substring(1) + "ErrorCode";
    }
}
