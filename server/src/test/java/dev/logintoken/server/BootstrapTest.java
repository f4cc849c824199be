package dev.logintoken.server;

import dev.logintoken.server.http.AccessLog;
import dev.logintoken.settings.InvalidSettingException;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests which database a start uses in a container: the one that the container binds, or the one that is configured.
 */
final class BootstrapTest {

    private static @Nullable DataSource bound;

    private final String boundUrl = "jdbc:h2:mem:" + UUID.randomUUID();
    private final String configuredUrl = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Map<String, @Nullable Object> attributes = new HashMap<>();
    private final ServletContextEvent event = new ServletContextEvent(context());
    private final Bootstrap bootstrap = new Bootstrap();

    /** A container's naming service. It knows our data source if one is bound. */
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Naming.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("lookup")) {
                            return null;
                        }
                        if (bound == null || !"java:comp/env/jdbc/loginToken".equals(arguments[0])) {
                            throw new NameNotFoundException();
                        }
                        return bound;
                    });
        }
    }

    @BeforeEach
    void set() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        System.setProperty("logintoken.db.start-timeout", "0");
    }

    @AfterEach
    void reset() {
        bootstrap.contextDestroyed(event);
        bound = null;
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith("logintoken."));
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Test
    void aBoundDataSourceIsTakenBeforeAConfiguredOne() {
        bind(boundUrl);
        configure(configuredUrl);
        System.setProperty("logintoken.sandbox", "true");
        bootstrap.contextInitialized(event);
        assertThat(attributes).containsKey(LoginTokenApplication.RESOURCES);
        assertThat(exists(boundUrl)).isTrue();
        assertThat(exists(configuredUrl)).isFalse();
    }

    @Test
    void aConfiguredDatabaseIsTakenBeforeTheEmbeddedOne() {
        configure(configuredUrl);
        System.setProperty("logintoken.sandbox", "true");
        bootstrap.contextInitialized(event);
        assertThat(exists(configuredUrl)).isTrue();
        assertThat(Path.of("data")).doesNotExist();
    }

    @Test
    void withoutEitherAContainerIsTold() {
        assertThatThrownBy(() -> bootstrap.contextInitialized(event))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("jdbc/loginToken", "logintoken.db.url", "logintoken.sandbox");
    }

    @Test
    void aBoundDataSourceThatDoesNotAnswerIsNamed() {
        bind("jdbc:h2:tcp://127.0.0.1:1/x");
        assertThatThrownBy(() -> bootstrap.contextInitialized(event))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("The data source jdbc/loginToken cannot be used: it does not answer: connection"
                        + " refused by 127.0.0.1:1: ");
    }

    @Test
    void theLauncherLearnsWhatItAnswersAndPrints() {
        attributes.put(Bootstrap.EXECUTABLE, true);
        configure(configuredUrl);
        System.setProperty("logintoken.sandbox", "true");
        bootstrap.contextInitialized(event);
        assertThat(attributes)
                .containsKeys(AccessLog.ATTRIBUTE, "dev.logintoken.generalError", "dev.logintoken.onRefused");
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            onReady().accept("http://localhost:8080");
        } finally {
            System.setOut(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("http://localhost:8080/");
    }

    @Test
    void anEndClosesEveryConnection() throws SQLException {
        configure(configuredUrl);
        System.setProperty("logintoken.sandbox", "true");
        bootstrap.contextInitialized(event);
        assertThat(connections(configuredUrl)).isPositive();
        bootstrap.contextDestroyed(event);
        assertThat(connections(configuredUrl)).isZero();
    }

    @Test
    void aStartThatFailsClosesEveryConnection() throws SQLException {
        configure(configuredUrl);
        assertThatThrownBy(() -> bootstrap.contextInitialized(event)).hasMessageContaining("logintoken.keys.file");
        assertThat(connections(configuredUrl)).isZero();
    }

    @SuppressWarnings("unchecked")
    private Consumer<String> onReady() {
        return (Consumer<String>) Objects.requireNonNull(attributes.get("dev.logintoken.onReady"));
    }

    /** Returns how many other connections a database has. */
    private static int connections(String url) throws SQLException {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url + ";IFEXISTS=TRUE");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet sessions = statement.executeQuery("select count(*) from information_schema.sessions")) {
            sessions.next();
            return sessions.getInt(1) - 1;
        }
    }

    private void bind(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url + ";DB_CLOSE_DELAY=-1");
        bound = dataSource;
    }

    private void configure(String url) {
        System.setProperty("logintoken.db.url", url + ";DB_CLOSE_DELAY=-1");
    }

    private static boolean exists(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url + ";IFEXISTS=TRUE");
        try {
            dataSource.getConnection().close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static final FilterRegistration.Dynamic ANY_REGISTRATION =
            (FilterRegistration.Dynamic) Proxy.newProxyInstance(
                    BootstrapTest.class.getClassLoader(),
                    new Class<?>[] {FilterRegistration.Dynamic.class},
                    (proxy, method, arguments) -> null);

    private ServletContext context() {
        return (ServletContext) Proxy.newProxyInstance(
                BootstrapTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> attributes.get((String) arguments[0]);
                    case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                    case "addFilter" -> ANY_REGISTRATION;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
