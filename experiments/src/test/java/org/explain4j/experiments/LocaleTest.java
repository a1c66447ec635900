package org.explain4j.experiments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files are the same in every country: Arabic and Persian have digits of their own, for example.
 */
final class LocaleTest {
  private static final String OTHER_DIGITS = "[\\p{Nd}&&[^0-9]]|[\\u066b\\u066c]";
  private static final String TINY =
      """
      name: tiny
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      estimators: [identity, linear]
      signal-quality: {solvers: [closed-form], targets: [pre]}
      explain: {images: 8, reference: 4}
      explainers: [gradient, pattern-attribution, {broken: {way: not-a-number}}]
      metrics: [brightness]
      batch: 4
      """;

  @TempDir private Path folder;

  /**
   * Results, reports, drafts of experiments, and the notes and errors that are stored with them:
   * all but messages of the command line, whose own locale is nobody's.
   */
  @Test
  void whatEndsInFilesIsFormattedForNoCountry() {
    noClasses()
        .that(
            resideOutsideOfPackages(
                "org.explain4j.benchmarks..",
                "org.explain4j.testkit..",
                "org.explain4j.experiments.cli..",
                "org.explain4j.experiments.configuration..",
                "org.explain4j.experiments.doctor..",
                "org.explain4j.experiments.passes.."))
        .should()
        .callMethod(String.class, "formatted", Object[].class)
        .because("files are read in other countries; String.format(Locale.ROOT, ...) is not")
        .check(ArchitectureTest.CLASSES);
  }

  /** {@code "TITLE".toLowerCase()} has no i with a dot in Turkey. The command line sets ROOT. */
  @Test
  void nothingDependsOnTheCountryByOversight() {
    noClasses()
        .that(resideOutsideOfPackages("org.explain4j.experiments.cli.."))
        .should()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
        .orShould()
        .callMethod(PrintStream.class, "printf", String.class, Object[].class)
        .orShould()
        .callMethod(NumberFormat.class, "getInstance")
        .orShould()
        .callMethod(NumberFormat.class, "getNumberInstance")
        .orShould()
        .callMethod(NumberFormat.class, "getPercentInstance")
        .orShould()
        .callConstructor(DecimalFormat.class, String.class)
        .orShould()
        .callConstructor(Formatter.class)
        .orShould()
        .callConstructor(Formatter.class, Appendable.class)
        .orShould()
        .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
        .check(ArchitectureTest.CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR"})
  void aRunWritesTheDigitsOfEveryProgram(String language) throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.yaml"), TINY);
    assertHasNoOtherDigits(run(file, language));
  }

  @Tag("slow")
  @Test
  void smokeWritesTheDigitsOfEveryProgram() throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    assertHasNoOtherDigits(run(root.resolve("experiments/smoke.yaml"), "ar-EG"));
  }

  private Path run(Path file, String language) throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat("%d".formatted(1)).matches(OTHER_DIGITS);
      return Experiments.run(file, folder.resolve("run")).path();
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void assertHasNoOtherDigits(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(f -> f.toString().matches(".*(csv|json|yaml|html)")).toList()) {
        assertThat(Files.readString(file).lines().filter(LocaleTest::hasOtherDigits))
            .as(run.relativize(file).toString())
            .isEmpty();
      }
    }
    assertThat(run.resolve("report/index.html")).exists();
  }

  private static boolean hasOtherDigits(String line) {
    return line.replaceAll(OTHER_DIGITS, "").length() < line.length();
  }
}
