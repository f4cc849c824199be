package dev.logintoken.contract.spec;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Checks maps of URLs by region. A schema cannot say that each URL is one of its own region. */
final class RegionalUrls {

    private static final String REGION = "[a-z]{2}-[a-z]{2}";

    private RegionalUrls() {}

    /** Returns a line for each URL that leads to another region than its key says. */
    static List<String> faults(JsonNode body) {
        List<String> faults = new ArrayList<>();
        body.properties().forEach(field -> {
            String url = field.getValue().asText();
            if (field.getKey().matches(REGION) && !url.contains("/" + field.getKey() + "/")) {
                faults.add("the URL of the region " + field.getKey() + " is " + url);
            }
            faults.addAll(faults(field.getValue()));
        });
        return faults;
    }
}
