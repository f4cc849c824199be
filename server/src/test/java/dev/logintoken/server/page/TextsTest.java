package dev.logintoken.server.page;

import dev.logintoken.api.model.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

final class TextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"nl", "fr", "de", "es"})
    void everyTextIsInEveryLanguage(String language) throws IOException {
        Properties english = texts("en");
        Properties others = texts(language);
        assertThat(others.stringPropertyNames()).isNotEmpty().isEqualTo(english.stringPropertyNames());
        english.stringPropertyNames()
                .forEach(key -> assertThat(placeholders(others, key)).as(key).isEqualTo(placeholders(english, key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nl", "fr", "de", "es"})
    void noTextIsLeftEmptyOrHasTheApostropheThatQuotesPlaceholders(String language) throws IOException {
        assertThat(texts(language).values())
                .allSatisfy(text -> assertThat(text.toString()).isNotBlank().doesNotContain("'"));
    }

    @ParameterizedTest
    @EnumSource(Region.class)
    void everyRegionHasTexts(Region region) {
        assertThat(Texts.of(region.toString())).hasValueSatisfying(texts -> {
            assertThat(texts.language()).isEqualToIgnoringCase(region.toString());
            assertThat(texts.get("link.title", "a partner")).contains("a partner");
        });
    }

    @Test
    void anUnknownRegionHasNone() {
        assertThat(Texts.of("en-us")).isEmpty();
    }

    @Test
    void eachLanguageIsOfferedOnceByItsOwnName() {
        assertThat(Texts.regionsByLanguage())
                .containsEntry("English", "en-gb")
                .containsEntry("Nederlands", "nl-nl")
                .containsEntry("Français", "fr-fr")
                .containsEntry("Deutsch", "de-at")
                .containsEntry("Español", "es-es")
                .hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "active@example.com, a•••@example.com",
        "ab@example.com, a•••@example.com",
        "a@example.com, •••@example.com",
        "@example.com, •••@example.com",
        "45b9313b-fa47-4786-baf1-62969dec31f2, 45b9313b•••",
        "neither, •••",
    })
    void aNameIsMasked(String name, String masked) {
        assertThat(Masked.name(name)).isEqualTo(masked);
    }

    private static Properties texts(String language) throws IOException {
        Properties texts = new Properties();
        texts.load(new StringReader(
                new String(Templates.read("texts_" + language + ".properties"), StandardCharsets.UTF_8)));
        return texts;
    }

    private static List<String> placeholders(Properties texts, String key) {
        return Pattern.compile("\\{\\d}")
                .matcher(texts.getProperty(key))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
