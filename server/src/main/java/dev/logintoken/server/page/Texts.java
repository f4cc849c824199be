package dev.logintoken.server.page;

import dev.logintoken.api.model.Region;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.TreeMap;

/** Provides the texts of the website's pages, in the language of a region. */
final class Texts {

    private static final String BUNDLE = "dev.logintoken.server.page.texts";

    /** Prevents a fallback to the machine's own language. */
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader(), NO_FALLBACK);
    }

    /** Returns the texts of a region such as {@code nl-be}; empty if the spec does not have the region. */
    static Optional<Texts> of(String region) {
        return Arrays.stream(Region.values())
                .map(Region::toString)
                .filter(region::equals)
                .findFirst()
                .map(known -> new Texts(Locale.forLanguageTag(known)));
    }

    /** Returns the texts of a page outside all regions. */
    static Texts english() {
        return new Texts(Locale.UK);
    }

    /** Returns the first region of each language, by the language's own name. */
    static Map<String, String> regionsByLanguage() {
        Map<String, String> regions = new TreeMap<>();
        List<Locale> locales = Arrays.stream(Region.values())
                .map(region -> Locale.forLanguageTag(region.toString()))
                .sorted(Comparator.comparing(locale -> !locale.getLanguage().equalsIgnoreCase(locale.getCountry())))
                .toList();
        locales.forEach(locale ->
                regions.putIfAbsent(ownName(locale), locale.toLanguageTag().toLowerCase(Locale.ROOT)));
        return regions;
    }

    private static String ownName(Locale locale) {
        String name = locale.getDisplayLanguage(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }

    /** Returns the language, for HTML's {@code lang}. */
    String language() {
        return locale.toLanguageTag();
    }

    /** Returns a text with its placeholders filled in. */
    String get(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }
}
