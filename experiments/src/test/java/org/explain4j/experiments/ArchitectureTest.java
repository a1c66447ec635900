package org.explain4j.experiments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that keep the modules apart; every module is on this module's test class path. */
final class ArchitectureTest {
  private static final List<String> MODULES =
      List.of(
          "network",
          "api",
          "testkit",
          "methods",
          "metrics",
          "datasets",
          "models",
          "reports",
          "experiments");

  /** Product code only: test classes lie in {@code test-classes} or a {@code -tests.jar}. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOptions(
              List.of(new ImportOption.DoNotIncludeTests(), ArchitectureTest::product))
          .importPackages("org.explain4j");

  private static boolean product(Location location) {
    return !location.contains("/test-classes/") && !location.contains("-tests.jar");
  }

  private static String[] packages(Stream<String> modules) {
    return modules.map(m -> "org.explain4j." + m + "..").toArray(String[]::new);
  }

  @Test
  void enoughClassesWereImported() {
    assertThat(CLASSES.size()).isGreaterThan(200);
    for (String module : MODULES) {
      assertThat(CLASSES.stream().filter(c -> in(c, module))).as(module).hasSizeGreaterThan(3);
    }
  }

  private static boolean in(JavaClass type, String module) {
    return type.getPackageName().startsWith("org.explain4j." + module);
  }

  @ParameterizedTest
  @ValueSource(strings = {"testkit", "methods", "metrics", "datasets", "models", "reports"})
  void aModuleKnowsApiAndNetworkOnly(String module) {
    noClasses()
        .that(resideInAPackage("org.explain4j." + module + ".."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(
                MODULES.stream()
                    .filter(m -> !List.of("api", "network").contains(m) && !m.equals(module))))
        .check(CLASSES);
  }

  @Test
  void theApiKnowsTheNetworkOnly() {
    noClasses()
        .that(resideInAPackage("org.explain4j.api.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(MODULES.stream().filter(m -> !List.of("api", "network").contains(m))))
        .check(CLASSES);
  }

  @Test
  void theNetworkKnowsNobody() {
    noClasses()
        .that(resideInAPackage("org.explain4j.network.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(MODULES.stream().filter(m -> !m.equals("network"))))
        .check(CLASSES);
  }

  @Test
  void noFileHasMoreThanThreeHundredLines() throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    List<String> tooLong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(ArchitectureTest::isSource).toList()) {
        if (Files.readAllLines(file).size() > 300) {
          tooLong.add(root.relativize(file).toString());
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  private static boolean isSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java") && path.contains("/src/") && !path.contains("/target/");
  }

  @Test
  void noPackageHasMoreThanFortyFiles() {
    Map<String, Long> sizes =
        CLASSES.stream()
            .filter(c -> !c.isNestedClass())
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(sizes)
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(40L));
  }

  /** A room of the runner, and those that may know it. */
  @ParameterizedTest
  @CsvSource({
    "cli, ",
    "inspection, cli",
    "doctor, cli",
    "pictures, cli inspection",
    "stages, cli",
    "recovery, stages",
    "claims, stages",
    "statistics, stages claims inspection rankings",
    "rankings, stages sweeps",
    "sweeps, cli",
    "passes, stages inspection",
    "setup, cli inspection pictures stages passes",
    "configuration, cli doctor inspection pictures stages recovery claims passes setup sweeps",
    "results, cli doctor inspection pictures stages recovery claims passes setup rankings sweeps"
  })
  void aRoomOfTheRunnerIsKnownFromAbove(String room, String above) {
    String rooms = above == null ? room : room + " " + above;
    noClasses()
        .that(resideInAPackage("org.explain4j.experiments.*.."))
        .and(
            resideOutsideOfPackages(
                packages(Arrays.stream(rooms.split(" ")).map(r -> "experiments." + r))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.explain4j.experiments." + room + "..")
        .check(CLASSES);
  }

  @Test
  void theRunnerKnowsMethodsThroughCatalogsOnly() {
    noClasses()
        .that(resideInAPackage("org.explain4j.experiments.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(Stream.of("testkit", "methods", "metrics", "datasets", "models")))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network",
        "api",
        "testkit",
        "methods",
        "metrics",
        "datasets",
        "models",
        "reports",
        "experiments"
      })
  void packagesHaveNoCycles(String module) {
    slices()
        .matching("org.explain4j." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** A third-party library, and the packages that may know it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.junit..                    | org.explain4j.testkit..",
        "org.assertj..                  | org.explain4j.testkit..",
        "org.deeplearning4j..           | org.explain4j.models.dl4j..",
        "com.fasterxml.jackson..        | org.explain4j.experiments.results..,"
            + " org.explain4j.models.keras..",
        "io.jhdf..                      | org.explain4j.models.keras..",
        "org.snakeyaml.engine.v2.nodes..| org.explain4j.experiments.configuration..",
        "picocli..                      | org.explain4j.experiments.cli..",
        "me.tongfei..                   | org.explain4j.experiments.cli..",
        "tech.tablesaw..                | org.explain4j.reports..",
        "org.knowm..                    | org.explain4j.reports..",
        "gg.jte..                       | org.explain4j.reports..",
        "org.bytedeco.openblas..        | org.explain4j.metrics.., org.explain4j.network.arrays..",
        "org.apache.commons.statistics..| org.explain4j.experiments.., org.explain4j.metrics..",
        "org.apache.commons.math3.stat..| org.explain4j.nowhere..",
        "org.bytedeco.dnnl..            | org.explain4j.network.onednn..",
        "ch.qos.logback..               | org.explain4j.nowhere.."
      })
  void aLibraryStaysInItsRooms(String library, String rooms) {
    String[] allowed = ("gg.jte.generated..," + rooms).strip().split(",\\s*", -1);
    noClasses()
        .that(resideOutsideOfPackages(allowed))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library.strip())
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrintsOrEnds() {
    noClasses()
        .that(resideOutsideOfPackages("org.explain4j.experiments.cli.."))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void nothingIsRandomWithoutASeed() {
    noClasses()
        .should()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(SplittableRandom.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.nd4j.linalg.api.rng.Random")
        .check(CLASSES);
  }

  @Test
  void noCodeAssumesTheCpu() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.nd4j.linalg.cpu..")
        .check(CLASSES);
  }

  @Test
  void packagesAreNamedAfterWhatIsInThem() {
    for (String name : List.of("util", "utils", "impl", "common", "base", "manager", "helper")) {
      noClasses().should().resideInAPackage("org.explain4j.." + name + "..").check(CLASSES);
    }
  }

  @Test
  void extensionsAreRecordsWithDefaults() {
    classes()
        .that()
        .implement(Extension.class)
        .and()
        .areNotInterfaces()
        .should()
        .beRecords()
        .check(CLASSES);
    assertThat(
            CLASSES.stream()
                .filter(c -> c.isAssignableTo(Extension.class) && !c.isInterface())
                .filter(
                    c ->
                        Arrays.stream(c.reflect().getDeclaredConstructors())
                            .noneMatch(constructor -> constructor.getParameterCount() == 0)))
        .isEmpty();
  }
}
