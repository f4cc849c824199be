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

/** The texts of the website's pages, in the language of a region. */
final class Texts {

    private static final String BUNDLE = "dev.logintoken.server.page.texts";

    /** Either the language that is asked for, or nothing: never the machine's own. */
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader(), NO_FALLBACK);
    }

    /** The texts of a region such as {@code nl-be}; empty if the spec knows no such region. */
    static Optional<Texts> of(String region) {
        return Arrays.stream(Region.values())
                .map(Region::toString)
                .filter(region::equals)
                .findFirst()
                .map(known -> new Texts(Locale.forLanguageTag(known)));
    }

    /** The texts of a page outside all regions. */
    static Texts english() {
        return new Texts(Locale.UK);
    }

    /** For each language the first of its regions, by the language's own name. */
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

    /** The language, for HTML's {@code lang}. */
    String language() {
        return locale.toLanguageTag();
    }

    /** A text, its placeholders filled in. */
    String get(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }
}
