package dev.logintoken.contract.spec;

import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A URL of another region is found, wherever it is in a body. */
final class RegionalUrlsTest {

    @Test
    void aUrlOfItsOwnRegionIsRight() {
        assertThat(RegionalUrls.faults(Spec.read("""
            {"supportedRegions":["en-gb"],"urls":{"faq":{"en-gb":"https://www.example.com/en-gb/faq"}}}\
            """))).isEmpty();
    }

    @Test
    void aUrlOfAnotherRegionIsNot() {
        assertThat(RegionalUrls.faults(Spec.read("""
            {"urls":{"faq":{"en-ie":"https://www.example.com/en-gb/faq"}},"redirectUrl":{"nl-be":"https://x/"}}\
            """)))
                .containsExactly(
                        "the URL of the region en-ie is https://www.example.com/en-gb/faq",
                        "the URL of the region nl-be is https://x/");
    }
}
