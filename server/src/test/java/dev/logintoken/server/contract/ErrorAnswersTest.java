package dev.logintoken.server.contract;

import dev.logintoken.api.model.BodyErrorCode;
import dev.logintoken.api.model.GetLoginTokenErrorCode;
import dev.logintoken.api.model.LoginUserErrorCode;
import dev.logintoken.api.model.Refusal;
import dev.logintoken.server.http.ErrorBody;
import dev.logintoken.server.http.ErrorWriter;
import dev.logintoken.server.http.FallbackMapper;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.outcome.UnavailableException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;

import static dev.logintoken.api.model.AttemptsErrorCode.TOO_MANY_ATTEMPTS;
import static dev.logintoken.api.model.ClientErrorCode.API_KEY_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Tests the answers to failures, using Jersey with the application's mappers. */
final class ErrorAnswersTest {

    private static final String REQUEST_ID = "request-1";

    private static final ApplicationHandler JERSEY = new ApplicationHandler(new ResourceConfig(Failing.class)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true)
            .registerInstances(
                    new ErrorWriter(), new RefusalMapper(), new UnreadableBodyMapper(), new FallbackMapper()));

    /** Fails as the request asks. */
    @Path("/")
    public static final class Failing {
        @GET
        public String fail(@Context ContainerRequestContext request) throws Throwable {
            throw (Throwable) request.getProperty("failure");
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(refusal(API_KEY_MISSING, CLIENT_TOKEN_MISSING), 400, List.of("ER802", "ER806")),
                arguments(new LoginUserErrorCode.Refused(TOO_MANY_ATTEMPTS), 429, List.of("ER006")),
                arguments(new LoginUserErrorCode.Refused(BodyErrorCode.BODY_TOO_LARGE), 413, List.of("ER901")),
                arguments(
                        new LoginUserErrorCode.Refused(API_KEY_MISSING, TOO_MANY_ATTEMPTS),
                        429,
                        List.of("ER006", "ER806")),
                arguments(new UnreadableBodyException(BodyErrorCode.BODY_TOO_LARGE), 413, List.of("ER901")),
                arguments(new UnreadableBodyException(BodyErrorCode.BODY_INVALID), 400, List.of("ER900")),
                arguments(new NotAcceptableException(), 406, List.of("ER999")),
                arguments(new NotSupportedException(), 415, List.of("ER999")),
                arguments(new InternalServerErrorException(), 500, List.of("ER999")),
                arguments(new ServiceUnavailableException(), 500, List.of("ER999")),
                arguments(new IllegalStateException(), 500, List.of("ER999")),
                arguments(new StackOverflowError(), 500, List.of("ER999")),
                arguments(new UnavailableException(new SQLException()), 503, List.of("ER999")));
    }

    private static final Logger LOG = Logger.getLogger(FallbackMapper.class.getName());

    private final List<LogRecord> log = new ArrayList<>();
    private final Handler handler = new StreamHandler() {
        @Override
        public synchronized void publish(LogRecord entry) {
            log.add(entry);
        }
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
        Exchange.end();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsStatusAndCodes(Throwable failure, int status, List<String> codes) throws Exception {
        ContainerResponse answer = answer("GET", "/", failure);
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(((ErrorBody) answer.getEntity()).errors().keySet()).containsExactlyElementsOf(codes);
        assertThat(answer.getMediaType()).hasToString("application/json");
    }

    @Test
    void anUnknownPathGetsER999With404() throws Exception {
        ContainerResponse answer = answer("GET", "/nowhere", new IllegalStateException());
        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getEntity()).isEqualTo(ErrorBody.GENERAL);
    }

    @Test
    void anotherMethodGetsER999With405AndThoseThatAreAllowed() throws Exception {
        ContainerResponse answer = answer("PUT", "/", new IllegalStateException());
        assertThat(answer.getStatus()).isEqualTo(405);
        assertThat(answer.getEntity()).isEqualTo(ErrorBody.GENERAL);
        assertThat(answer.getHeaderString("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void whoHasToWaitIsToldHowManySecondsAtLeastOne() throws Exception {
        assertThat(retryAfter(refusedFor(Duration.ofSeconds(32)))).isEqualTo("32");
        assertThat(retryAfter(refusedFor(Duration.ofMillis(999)))).isEqualTo("1");
        assertThat(retryAfter(new UnavailableException(new SQLException()))).isEqualTo("5");
    }

    @Test
    void whoNeedNotWaitIsNotTold() throws Exception {
        assertThat(retryAfter(refusal(API_KEY_MISSING))).isNull();
        assertThat(retryAfter(new IllegalStateException())).isNull();
    }

    @Test
    void theLogHasTheCauseUnderTheRequestId() throws Exception {
        Exception failure = new IllegalStateException();
        answer("GET", "/", failure);
        assertThat(log).singleElement().satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(entry.getMessage()).contains(REQUEST_ID);
            assertThat(entry.getThrown()).hasToString(failure.toString());
            assertThat(entry.getThrown().getStackTrace()).isEqualTo(failure.getStackTrace());
        });
    }

    @Test
    void theLogHasNoLineThatACallerWrote() throws Exception {
        String forged = "x\n2026-01-01 INFO forged\u001b[31m";
        answer("GET", "/", new UnavailableException(new SQLException(forged)));
        answer("GET", "/", new IllegalStateException(forged, new SQLException(forged)));
        StringWriter trace = new StringWriter();
        log.get(1).getThrown().printStackTrace(new PrintWriter(trace));
        assertThat(log.get(0).getMessage() + "\n" + trace)
                .contains("java.sql.SQLException: x\\n2026-01-01 INFO forged\\u001b[31m")
                .contains("java.lang.IllegalStateException: x\\n2026-01-01 INFO forged\\u001b[31m")
                .doesNotContain("\n2026", "\u001b");
    }

    @Test
    void theLogSaysInOneLineThatTheDatabaseIsAway() throws Exception {
        answer("GET", "/", new UnavailableException(new IllegalStateException(new SQLException("it does not answer"))));
        assertThat(log).singleElement().satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
            assertThat(entry.getMessage())
                    .isEqualTo("Request " + REQUEST_ID + " failed: java.sql.SQLException: it does not answer");
            assertThat(entry.getThrown()).isNull();
        });
    }

    @Test
    void whatLiesOutsideTheContractIsNoFailureOfOurs() throws Exception {
        answer("GET", "/nowhere", new IllegalStateException());
        assertThat(log).isEmpty();
        answer("GET", "/", new InternalServerErrorException());
        assertThat(log).hasSize(1);
    }

    private static Refusal refusal(GetLoginTokenErrorCode first, GetLoginTokenErrorCode... more) {
        return new GetLoginTokenErrorCode.Refused(first, more);
    }

    private static Refusal refusedFor(Duration wait) {
        Refusal refusal = new LoginUserErrorCode.Refused(TOO_MANY_ATTEMPTS);
        refusal.retryAfter(wait);
        return refusal;
    }

    private static @Nullable String retryAfter(Throwable failure) throws Exception {
        return answer("GET", "/", failure).getHeaderString("Retry-After");
    }

    private static ContainerResponse answer(String method, String path, Throwable failure) throws Exception {
        URI base = URI.create("http://localhost/");
        ContainerRequest request =
                new ContainerRequest(base, base.resolve(path), method, null, new MapPropertiesDelegate(), null);
        request.setProperty("failure", failure);
        Exchange.begin(REQUEST_ID);
        return JERSEY.apply(request).get();
    }
}
