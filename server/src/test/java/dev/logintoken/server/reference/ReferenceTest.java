package dev.logintoken.server.reference;

import dev.logintoken.server.contract.ContractFeature;
import dev.logintoken.server.reference.Reference.Code;
import dev.logintoken.server.reference.Reference.Header;
import dev.logintoken.server.reference.Reference.Operation;
import dev.logintoken.server.resource.SpecResource;
import org.junit.jupiter.api.Test;

import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what the reference takes from the spec. */
final class ReferenceTest {

    private final Reference reference = new Reference(new SpecResource(ContractFeature.JSON).document());

    @Test
    void anOperationHasTheFieldsOfItsRequestAndItsSuccess() {
        Operation redemption = operation("redeemLoginToken");
        assertThat(redemption.method()).isEqualTo("POST");
        assertThat(redemption.path()).isEqualTo("/api/v1/user/login-token/redeem");
        assertThat(redemption.summary()).isNotEmpty();
        assertThat(redemption.tag()).isNotEmpty();
        assertThat(redemption.fields().split(", "))
                .contains("X-Request-Id", "uuid", "token")
                .doesNotContain("errors", "code", "message");
        assertThat(operation("getSystemInfo").fields().split(", ")).contains("If-None-Match");
    }

    @Test
    void aHeaderNamesTheOperationsThatAnswerIt() {
        assertThat(header("X-Request-Id").operations()).isEqualTo("every operation");
        assertThat(header("X-Request-Id").description()).isNotEmpty().doesNotContain("`");
        assertThat(header("ETag").operations()).isEqualTo("getSystemInfo");
    }

    @Test
    void aCodeHasItsTextsAndNamesTheOperationsThatAnswerIt() {
        Code expired = only(reference.codes(), code -> code.code().equals("ER711"));
        assertThat(expired.operations()).isEqualTo("redeemLoginToken");
        assertThat(expired.message()).isNotEmpty();
        assertThat(expired.solution()).isNotEmpty();
    }

    private Operation operation(String id) {
        return only(reference.operations(), operation -> operation.id().equals(id));
    }

    private Header header(String name) {
        return only(reference.headers(), header -> header.name().equals(name));
    }

    private static <T> T only(Iterable<T> all, Predicate<T> wanted) {
        assertThat(all).filteredOn(wanted).hasSize(1);
        for (T one : all) {
            if (wanted.test(one)) {
                return one;
            }
        }
        throw new AssertionError();
    }
}
