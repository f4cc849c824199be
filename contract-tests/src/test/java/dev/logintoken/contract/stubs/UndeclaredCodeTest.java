package dev.logintoken.contract.stubs;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** The compiler refuses to answer an operation with an error that its contract does not declare. */
final class UndeclaredCodeTest {

    @Test
    void aDeclaredCodeCompiles() {
        assertThat(compile("throw new GetLoginTokenErrorCode.Refused(UserStateErrorCode.USER_NOT_FOUND);"))
                .isEmpty();
    }

    @Test
    void aDeclaredGroupOfCodesCompiles() {
        assertThat(compile("throw new GetLoginTokenErrorCode.Refused(java.util.Set.<ClientErrorCode>of());"))
                .isEmpty();
    }

    @Test
    void aCodeOfNoOperationDoesNotCompile() {
        assertThat(compile("throw new GetLoginTokenErrorCode.Refused(Stranger.STRANGE);"))
                .anySatisfy(error ->
                        assertThat(error).contains("no suitable constructor found for Refused(Snippet.Stranger)"));
    }

    @Test
    void aCodeOfAnotherOperationDoesNotCompile() {
        assertThat(compile("throw new GetLoginTokenErrorCode.Refused(LoginErrorCode.LOGIN_REFUSED);"))
                .anySatisfy(error -> assertThat(error).contains("LoginErrorCode cannot be converted to"));
    }

    @Test
    void theRefusalOfAnotherOperationDoesNotCompile() {
        assertThat(compile("throw new LoginUserErrorCode.Refused(ClientErrorCode.API_KEY_MISSING);"))
                .anySatisfy(error -> assertThat(error).contains("unreported exception"));
    }

    @Test
    void aRefusalOfAnotherKindDoesNotCompile() {
        assertThat(compile("throw new Strange();"))
                .anySatisfy(error -> assertThat(error).contains("unreported exception"));
    }

    /** What the compiler says of an implementation of the operation with this body. */
    private static List<String> compile(String statement) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        diagnostics,
                        List.of("-proc:none", "-d", "target", "-classpath", System.getProperty("java.class.path")),
                        null,
                        List.of(source(statement)))
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH))
                .toList();
    }

    private static JavaFileObject source(String statement) {
        String code = """
                import dev.logintoken.api.*;
                import dev.logintoken.api.model.*;

                abstract class Snippet implements UserApi {
                    enum Stranger { STRANGE }
                    static class Strange extends Exception {}

                    @Override
                    public LoginToken getLoginToken(
                            String apiKey, String partnerToken, String authorization, String identifier)
                            throws GetLoginTokenErrorCode.Refused {
                        %s
                    }
                }
                """.formatted(statement);
        return new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
