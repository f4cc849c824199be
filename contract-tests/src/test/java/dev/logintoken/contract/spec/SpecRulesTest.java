package dev.logintoken.contract.spec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The spec keeps its own conventions; see {@code spec/README.md}. */
final class SpecRulesTest {

    private static final String SPEC = LoginTokenSpec.yaml();

    @Test
    void theSpecKeepsItsConventions() {
        assertThat(SpecRules.findings(SPEC)).isEmpty();
    }

    /** Every rule can fail: a text of the spec, what stands there instead, and what the rule says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        openapi: 3.0.3                    | openapi: &version 3.0.3               | has a YAML anchor
        "maxLength: 4096\\n      pattern"  | "pattern"                             | is a text of any length
        maxItems: 50                      | uniqueItems: true                     | is a list of any length
        maxProperties: 50                 | minProperties: 1                      | is a map of any size
        required: [redirectUrl]           | required: [redirectUri]               | requires an unknown redirectUri
        "description: A page's URL by region, one for each region that the website serves.\\n      " | "" | has no description
        "    Region:\\n"                   | "    Unused: {}\\n    Region:\\n"       | Unused is not used
        enum: [ER006]                     | enum: [ER006, ER900]                  | has ER900 as well as
        name: User-Identifier             | name: X-API-Key                       | which is a security scheme's
        maximum: 86400                    | multipleOf: 1                         | is a number of any size
        "        - $ref: '#/components/schemas/LinkErrorCode'" | "        - $ref: '#/components/schemas/LogoutUserErrorCode'" | GetLoginTokenErrorCode stands before its group LogoutUserErrorCode
        "name: User-Identifier\n      in: header" | "name: User-Identifier\n      in: query" | getLoginToken takes User-Identifier, and its set of codes has no ParameterErrorCode
        "        - LOGIN_REFUSED\\n"          | ""                                    | names its codes
        message: Email address is invalid. | message: Email address \\\\is invalid. | ER001 has a backslash, which callers would see
        "type: array\n"                   | "type: array\n          oneOf: []\n"   | has oneOf
        "ER901:\n                  $ref: '#/components/examples/ER901'" | "ER900:\n                  $ref: '#/components/examples/ER900'" | has ER900 in 400 and 413
        "ER901:\n                  $ref: '#/components/examples/ER901'" | "ER999:\n                  $ref: '#/components/examples/ER999'" | declares the codes
        "Otherwise the service makes it.\n      required: true" | "Otherwise the service makes it." | does not promise X-Request-Id
        """)
    void aBreachIsFound(String text, String instead, String finding) {
        String breach = SPEC.replace(text.translateEscapes(), instead.translateEscapes());
        assertThat(breach).isNotEqualTo(SPEC);
        assertThat(SpecRules.findings(breach))
                .anySatisfy(found -> assertThat(found).contains(finding));
    }
}
