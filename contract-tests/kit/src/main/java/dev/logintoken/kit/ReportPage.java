package dev.logintoken.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A table as a page that needs nothing else, such as a build server shows it.
 *
 * @param title the page's title and heading
 * @param style its own rules of style; all pages share the others
 */
public record ReportPage(String title, String style) {

    /**
     * Writes the page.
     *
     * @param summary a line above the table
     * @param headings the columns' headings
     * @param rows the table's rows, as HTML
     */
    public void write(Path file, String summary, List<String> headings, CharSequence rows) throws IOException {
        Files.writeString(file, """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
              :root { color-scheme: light dark }
              body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
              table { border-collapse: collapse; width: 100%% }
              th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
              %2$s
            </style>
            <h1>%1$s</h1>
            <p>%3$s</p>
            <table>
            <tr><th>%4$s
            %5$s</table>
            """.formatted(title, style, summary, String.join("<th>", headings), rows));
    }
}
