package dev.logintoken.generator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What cannot be supported is refused, each in one line that says what to write instead. */
final class StubsCodegenTest {

    private static final Path SPEC = Path.of("../kitchen-sink/openapi.yaml");

    @TempDir
    private Path folder;

    /** A text of the spec, what stands there instead, and the whole line that refuses it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            openapi: 3.0.3 | openapi: 3.1.0 | openapi: the version is 3.1.0; write 3.0.3, the generator's 3.1 support is incomplete
            in: query, name: key} | in: cookie, name: key} | components/securitySchemes/queryKey is an API key in a cookie, which a browser sends for other sites, too; write in: header
            name: page, | name: query-key, | listThings: the parameter query-key has the name of a security scheme; rename one of them
            name: price, in: query, schema: {type: number} | name: price, in: query, content: {application/json: {schema: {type: number}}} | listThings: the parameter price has content; write a schema
            name: price, in: query, schema: {type: number} | name: price, in: query, schema: {$ref: '#/components/schemas/Named'} | listThings: the parameter price is an object; write one parameter for each of its properties
            name: price, in: query, schema: {type: number} | name: price, in: query, explode: false, schema: {type: array, items: {type: number}} | listThings: the parameter price is a list in one value; write explode: true and style: form
            name: price, in: query, schema: {type: number} | name: price, in: header, schema: {type: array, items: {type: number}} | listThings: the parameter price is a list in a header; write in: query
            name: price, in: query, schema: {type: number} | name: price, in: query, schema: {type: array, items: {type: array, items: {type: number}}} | listThings: the parameter price is a list of lists or objects; write a list of texts or numbers
            name: price, in: query, schema: {type: number} | name: price, in: query, schema: {type: string, format: byte} | listThings: the parameter price is binary; write a text, or send it as the body
            x-server-filter: true, schema | required: true, x-server-filter: true, schema | listThings: the parameter X-Trace has x-server-filter, which is for optional headers alone; remove the extension
            in: header, x-server-filter: true | in: query, x-server-filter: true | listThings: the parameter X-Trace has x-server-filter, which is for optional headers alone; remove the extension
            operationId: ping | description: none | GET /api/v1/ping has no operationId; write one
            operationId: ping | operationId: pong | pong has no set of codes; write components/schemas/PongErrorCode with oneOf
            '202': {description: Deleted later.} | '2XX': {description: Deleted.} | deleteThing has the response 2XX; write the statuses one by one
            application/x-www-form-urlencoded: | application/json: {schema: {type: object}}\\n          application/x-www-form-urlencoded: | sendForm takes a form or [application/json, application/x-www-form-urlencoded]; write two operations
            Colour: {type | Any: {oneOf: [{$ref: '#/components/schemas/Named'}]}\\n    Colour: {type | components/schemas/Any has oneOf, which is for an operation's set of codes alone; write one object with optional properties
            Colour: {type | Any: {anyOf: [{$ref: '#/components/schemas/Named'}]}\\n    Colour: {type | components/schemas/Any has anyOf, which is for an operation's set of codes alone; write one object with optional properties
            - $ref: '#/components/schemas/AccessErrorCode' | - $ref: '#/components/schemas/Named' | components/schemas/ListThingsErrorCode has #/components/schemas/Named, which is no group of codes; write an enum of strings in components/schemas
            enum: [ER100] | enum: [ER109] | components/schemas/AccessErrorCode has ER109, whose texts are missing; write them in components/examples/ER109
            examples: {ER100: {$ref: '#/components/examples/ER100'}} | example: none | components/schemas/AccessErrorCode has ER100, whose status is missing; show components/examples/ER100 at the response that has it
            examples: {ER902: {$ref: '#/components/examples/ER902'}} | examples: {ER100: {$ref: '#/components/examples/ER100'}, ER902: {$ref: '#/components/examples/ER902'}} | components/examples/ER100 is shown with the statuses [400, 403]; a code has one
            examples: {ER902: {$ref: '#/components/examples/ER902'}} | examples: {ER109: {$ref: '#/components/examples/ER109'}, ER902: {$ref: '#/components/examples/ER902'}} | a response shows components/examples/ER109, which does not exist; write it
            code: ER100 | code: ER101 | components/examples/ER100 holds the code ER101; write ER100
            {code: ER999, message: A general error has occurred., | {code: ER999, | components/examples/ER999 has no errors/ER999/message; write it as a text
            """)
    void whatIsNotSupportedIsRefusedInOneLine(String text, String instead, String line) throws IOException {
        String spec = Files.readString(SPEC);
        String breach = spec.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(instead.translateEscapes()));
        assertThat(breach).isNotEqualTo(spec);
        assertThatThrownBy(() -> generate(breach))
                .isInstanceOf(UnsupportedSpecException.class)
                .hasToString(line);
    }

    @Test
    void theSameSpecGivesTheSameSources() throws IOException {
        String spec = Files.readString(SPEC);
        generate(spec);
        Path interfaces = folder.resolve("stubs/dev/logintoken/api/ThingsApi.java");
        String first = Files.readString(interfaces);
        Files.delete(interfaces);
        generate(spec);
        assertThat(interfaces).hasContent(first);
    }

    private void generate(String spec) throws IOException {
        CodegenConfigurator options = CodegenConfigurator.fromFile("../generator.yaml")
                .setInputSpec(
                        Files.writeString(folder.resolve("openapi.yaml"), spec).toString())
                .setOutputDir(folder.resolve("stubs").toString());
        new DefaultGenerator().opts(options.toClientOptInput()).generate();
    }
}
