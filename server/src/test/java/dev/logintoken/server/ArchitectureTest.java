package dev.logintoken.server;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.logintoken.api.model.GeneralErrorCode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

/** The arrows between packages run one way, and the contract's facts stay out of the code. */
@AnalyzeClasses(packages = "dev.logintoken.server", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String HTTP = "jakarta.ws.rs..";

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("bootstrap")
            .definedBy("dev.logintoken.server")
            .layer("sandbox")
            .definedBy("..server.sandbox..")
            .layer("operator")
            .definedBy("..server.operator..")
            .layer("monitoring")
            .definedBy("..server.monitoring..")
            .layer("resource")
            .definedBy("..server.resource..")
            .layer("http")
            .definedBy("..server.http..")
            .layer("page")
            .definedBy("..server.page..")
            .layer("auth")
            .definedBy("..server.auth..")
            .layer("token")
            .definedBy("..server.token..")
            .layer("identifier")
            .definedBy("..server.identifier..")
            .layer("key")
            .definedBy("..server.key..")
            .layer("directory")
            .definedBy("..server.directory..")
            .layer("error")
            .definedBy("..server.error..")
            .layer("log")
            .definedBy("..server.log..")
            .layer("config")
            .definedBy("..server.config..")
            .whereLayer("bootstrap")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("bootstrap")
            .whereLayer("operator")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("page")
            .mayOnlyBeAccessedByLayers("bootstrap", "sandbox")
            .whereLayer("resource")
            .mayOnlyBeAccessedByLayers("bootstrap", "operator", "page")
            .whereLayer("monitoring")
            .mayOnlyBeAccessedByLayers("bootstrap", "operator")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("bootstrap", "monitoring", "resource", "page")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("bootstrap", "operator")
            .whereLayer("log")
            .mayNotAccessAnyLayer()
            .whereLayer("auth")
            .mayOnlyBeAccessedByLayers(
                    "bootstrap", "operator", "sandbox", "resource", "page", "monitoring", "identifier")
            .whereLayer("identifier")
            .mayOnlyBeAccessedByLayers("bootstrap", "resource", "page")
            .whereLayer("token")
            .mayOnlyBeAccessedByLayers("bootstrap", "sandbox", "resource", "page")
            .whereLayer("key")
            .mayOnlyBeAccessedByLayers("bootstrap", "operator", "sandbox", "auth", "token")
            .whereLayer("directory")
            .mayOnlyBeAccessedByLayers(
                    "bootstrap", "operator", "sandbox", "resource", "page", "auth", "token", "identifier", "key");

    @ArchTest
    static final ArchRule NO_CLASS_KNOWS_BOTH_HTTP_AND_SQL = noClasses()
            .that(resideInAPackage("dev.logintoken.server..").and(dependsOn("java.sql..", "org.jdbi..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP, "jakarta.servlet..");

    @ArchTest
    static final ArchRule ONLY_THE_FALLBACK_ANSWERS_THE_GENERAL_ERROR = noClasses()
            .that()
            .resideOutsideOfPackage("..server.error..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(GeneralErrorCode.class);

    /** The clock is injected, so that tests can move it. */
    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @Test
    void noCodeAndNoTextOfTheCatalogIsWrittenInTheServer() throws IOException {
        Pattern code = Pattern.compile("\"ER\\d{3}\"");
        String spec = Files.readString(Path.of("../spec/openapi.yaml"));
        List<String> texts = Pattern.compile("(?:message|solution): (.+)")
                .matcher(spec.substring(spec.indexOf("\n  examples:")))
                .results()
                .map(text -> text.group(1))
                .toList();
        assertThat(texts).hasSizeGreaterThanOrEqualTo(34);
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContainPattern(code)
                            .doesNotContain(texts));
        }
    }

    private static DescribedPredicate<JavaClass> dependsOn(String... packages) {
        return DescribedPredicate.describe(
                "use " + String.join(", ", packages),
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> resideInAnyPackage(packages).test(dependency.getTargetClass())));
    }
}
