import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Optional;

/** The image's health check, since the image has no curl: ends with status 0 if the service in this container is alive. */
final class Health {

    private static final int TIMEOUT_MILLIS = 4_000;

    private Health() {}

    /**
     * Asks the service.
     *
     * @param args none
     */
    public static void main(String[] args) {
        String url = "http://127.0.0.1:" + setting("PORT", "8080") + setting("CONTEXT_PATH", "/").replaceFirst("/$", "")
                + "/health/live";
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            System.out.println(url + " answers " + status);
            System.exit(status == HttpURLConnection.HTTP_OK ? 0 : 1);
        } catch (IOException e) {
            System.out.println(url + " does not answer: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String setting(String name, String otherwise) {
        return Optional.ofNullable(System.getenv("LOGINTOKEN_HTTP_" + name)).orElse(otherwise);
    }
}
