package dev.logintoken.server;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.logintoken.api.model.GeneralErrorCode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Dependencies between packages run one way, and the code repeats no facts of the contract. */
@AnalyzeClasses(packages = "dev.logintoken.server", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String SERVER = "dev.logintoken.server";
    private static final String HTTP = "jakarta.ws.rs..";

    /** The layers of packages. Code uses its own layer and those below it. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("operator"),
            List.of(""), // Bootstrap, Assembly and Installation.
            List.of("control"),
            List.of("testrun"),
            List.of("sandbox"),
            List.of("guard", "reference"),
            List.of("page"),
            List.of("resource"),
            List.of("terminal"),
            List.of("contract"),
            List.of("http"),
            List.of("token", "identifier"),
            List.of("auth"),
            List.of("key"),
            List.of("administration"),
            List.of("redemption"),
            List.of("directory"),
            List.of("audit"),
            List.of("cache"),
            List.of("database"),
            List.of("failure"),
            List.of("secret"),
            List.of("outcome", "config", "monitoring"),
            List.of("log"));

    @ArchTest
    static void noArrowRunsUp(JavaClasses classes) {
        for (int layer = 1; layer < LAYERS.size(); layer++) {
            String[] above = packages(LAYERS.subList(0, layer).stream().flatMap(List::stream));
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(LAYERS.get(layer).stream()))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(classes);
        }
    }

    @ArchTest
    static void everyPackageHasALayer(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrder(packages(LAYERS.stream().flatMap(List::stream)));
    }

    @Test
    void theGuideListsThePackagesInTheSameOrder() throws IOException {
        List<String> names = Pattern.compile("(?m)^\\| (?:`([a-z]+)`|\\(itself\\)) \\|")
                .matcher(Files.readString(Path.of("docs/code.md")).split("\n## ")[1])
                .results()
                .map(row -> Optional.ofNullable(row.group(1)).orElse(""))
                .toList();
        assertThat(names)
                .containsExactlyElementsOf(LAYERS.stream().flatMap(List::stream).toList());
    }

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching(SERVER + ".(*)").should().beFreeOfCycles();

    private static String[] packages(Stream<String> names) {
        return names.map(name -> name.isEmpty() ? SERVER : SERVER + "." + name).toArray(String[]::new);
    }

    /**
     * Nobody compares records. Java 17 keeps the type of the last record whose generated {@code equals} ran, and so the
     * class loader of an undeployed application. The rule sees direct calls, but not calls from within collections.
     */
    @ArchTest
    static final ArchRule NOBODY_COMPARES_RECORDS = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "the generated equals or hashCode of a record is called",
                    call -> call.getTargetOwner().isRecord()
                            && Set.of("equals", "hashCode").contains(call.getName())
                            && call.getTarget()
                                    .resolveMember()
                                    .filter(method -> method.getModifiers().contains(JavaModifier.FINAL))
                                    .isPresent()));

    @ArchTest
    static final ArchRule NO_CLASS_KNOWS_BOTH_HTTP_AND_SQL = noClasses()
            .that(resideInAPackage("dev.logintoken.server..").and(dependsOn("java.sql..", "org.jdbi..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP, "jakarta.servlet..");

    @ArchTest
    static final ArchRule ONLY_THE_FALLBACK_ANSWERS_THE_GENERAL_ERROR = noClasses()
            .that()
            .resideOutsideOfPackage("..server.http..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(GeneralErrorCode.class);

    /**
     * The application does not use the launcher. The compiler sees the launcher and its Jetty, but a container that
     * hosts the WAR does not have them.
     */
    @ArchTest
    static final ArchRule THE_APPLICATION_NEEDS_NO_LAUNCHER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.logintoken.launcher..", "org.eclipse.jetty..");

    /** Code uses an injected clock, so that tests can move it. */
    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "the time of the machine is asked for",
                    call -> (call.getTarget().getName().equals("now")
                                    && call.getTargetOwner().getPackageName().equals("java.time")
                                    && call.getTarget().getRawParameterTypes().isEmpty())
                            || call.getTarget().getFullName().equals("java.lang.System.currentTimeMillis()")))
            .orShould()
            .callConstructor(Date.class);

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
