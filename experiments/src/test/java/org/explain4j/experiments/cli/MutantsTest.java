package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.explain4j.experiments.cli.Mutants.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged files of every kind end no process and keep none busy; what the user reads names the
 * file, the place and what is wrong. All verdicts are in {@code target/mutants}.
 */
final class MutantsTest {
  private static final int IN_CI = 50;
  private static final int ALL = 2000;
  private static final long LONGEST_MILLIS = 10_000;
  private static final int MOST_SHOWN = 20;

  @TempDir private Path folder;

  /** Verdicts, and the mutants at which a process ended or hung. */
  private record Findings(List<Verdict> verdicts, Map<String, String> crashes) {}

  @Test
  @Tag("slow")
  void fiftyDamagedFilesOfEachFormatAreReadOrRefused() throws Exception {
    assertReadOrRefused(IN_CI, MutantFormat.values());
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @EnumSource
  void twoThousandDamagedFilesAreReadOrRefused(MutantFormat format) throws Exception {
    assertReadOrRefused(ALL, format);
  }

  private void assertReadOrRefused(int count, MutantFormat... formats) throws Exception {
    List<String> names = Stream.of(formats).map(MutantFormat::name).toList();
    Findings found = read(names, count);
    List<String> faults = new ArrayList<>();
    found.crashes().forEach((mutant, end) -> faults.add(mutant + ": " + end));
    for (Verdict verdict : found.verdicts()) {
      String fault = fault(verdict);
      if (!fault.isEmpty()) {
        faults.add(
            "%s %d, %s: %s".formatted(verdict.format(), verdict.seed(), fault, verdict.text()));
      }
    }
    assertThat(faults.stream().limit(MOST_SHOWN).toList()).as(faults.size() + " faults").isEmpty();
    for (String name : names) {
      List<Verdict> verdicts =
          found.verdicts().stream().filter(v -> v.format().equals(name)).toList();
      assertThat(verdicts).as(name).hasSize(count);
      assertThat(verdicts).as(name).anyMatch(v -> v.exitCode() == 0);
      assertThat(verdicts.stream().filter(v -> v.exitCode() != 0).count())
          .as(name)
          .isGreaterThan(count / 8);
    }
  }

  /** What is wrong with a verdict; empty if nothing is. */
  static String fault(Verdict verdict) {
    String text = verdict.text();
    if (verdict.millis() > LONGEST_MILLIS) {
      return verdict.millis() + " ms";
    }
    if (verdict.exitCode() == 0) {
      return "";
    }
    if (verdict.exitCode() != Main.CONFIGURATION && verdict.exitCode() != Main.INPUT_OUTPUT) {
      return "exit code " + verdict.exitCode();
    }
    if (!text.contains(verdict.file())) {
      return "without the file's name";
    }
    if (text.replace(verdict.file(), "").length() < 30) {
      return "without a reason";
    }
    for (String nonsense :
        List.of("\tat ", "Exception", "Error:", "java.", ": null", "(?", "\\s", "defect", "http")) {
      if (text.contains(nonsense)) {
        return "with '" + nonsense + "'";
      }
    }
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
        ? "with control characters"
        : "";
  }

  private Findings read(List<String> formats, int count) throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    Map<String, String> crashes = new LinkedHashMap<>();
    Path output = folder.resolve("output.txt");
    for (int next = 0; next < count * formats.size(); ) {
      List<String> arguments =
          new ArrayList<>(List.of(folder.toString(), "" + count, "" + (next % count + 1)));
      arguments.addAll(formats.subList(next / count, formats.size()));
      String end = end(Command.start(Mutants.class, folder, arguments), output);
      List<Verdict> read =
          Files.readAllLines(output).stream()
              .filter(line -> line.matches("[A-Z0-9_]+\t\\d+\t.*"))
              .map(Verdict::of)
              .toList();
      verdicts.addAll(read);
      next += read.size();
      if (next < count * formats.size()) {
        crashes.put(
            formats.get(next / count) + " " + (next % count + 1),
            end + ": " + Files.readString(folder.resolve("errors.txt")));
        next++;
      }
    }
    write(formats, verdicts, crashes);
    return new Findings(verdicts, crashes);
  }

  /** Waits until a process ends, or prints nothing for longer than any file may take. */
  private static String end(Process process, Path output) throws Exception {
    long size = -1;
    long since = System.nanoTime();
    while (process.isAlive()) {
      if (Files.size(output) != size) {
        size = Files.size(output);
        since = System.nanoTime();
      }
      if (System.nanoTime() - since > 6 * LONGEST_MILLIS * 1_000_000) {
        process.destroyForcibly().waitFor();
        return "hangs";
      }
      Thread.sleep(50);
    }
    return "exit code " + process.exitValue();
  }

  private static void write(
      List<String> formats, List<Verdict> verdicts, Map<String, String> crashes)
      throws IOException {
    List<String> lines = new ArrayList<>(verdicts.stream().map(Verdict::line).toList());
    crashes.forEach((mutant, end) -> lines.add(mutant + " " + end.replace("\n", "\\n")));
    Path folder = Files.createDirectories(Path.of("target", "mutants"));
    String name = formats.size() == 1 ? formats.get(0).toLowerCase(Locale.ROOT) : "all";
    Files.write(folder.resolve(name + ".tsv"), lines);
  }
}
