package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that becomes full at every stage of a run, or cannot be written: a small tmpfs, which only
 * the system's administrator can make.
 */
@Tag("slow")
final class FullDiskTest {
  private static final Pattern CANNOT_WRITE =
      Pattern.compile(
          "(?:Cannot write )?\\S*/run/(.+): the disk is full(: it takes \\d+ KiB, and \\d+ KiB are"
              + " free)?\n"
              + "Maybe free some space and run again: finished work is kept\\.");

  @TempDir private Path folder;
  private Path disk;

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such command
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void mount(long kibibytes) throws IOException {
    disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "none", "" + disk),
        "mounting needs an administrator");
  }

  private void grow() {
    assertThat(succeeds("mount", "-o", "remount,size=64m", "" + disk)).isTrue();
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      succeeds("umount", disk.toString());
    }
  }

  private Command run(Path out, int milliseconds) throws IOException {
    Path file = EveryStage.in(folder, 2, milliseconds);
    return Command.here(
        "run", file.toString(), "--out", out.toString(), "--set", "report.figures=true");
  }

  private static long kibibytes(Path run, String within) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      long bytes = 0;
      for (Path file : files.filter(file -> file.toString().contains(within)).toList()) {
        bytes += Files.isDirectory(file) ? 0 : (Files.size(file) + 4095) / 4096 * 4096;
      }
      return bytes / 1024;
    }
  }

  /** From 4 KiB until all fits: finely for what is computed, coarsely for the figures after it. */
  private static List<Long> sizes(Path whole) throws IOException {
    long figures = kibibytes(whole, "figures");
    long rest = kibibytes(whole, "") - figures;
    return LongStream.concat(
            LongStream.iterate(4, size -> size < rest, size -> size + Math.max(4, rest / 96 * 4)),
            LongStream.of(1, 5, 9).map(tenths -> rest + figures * tenths / 10))
        .boxed()
        .toList();
  }

  /** What the message names, relative to the run directory. */
  private static String assertSaid(Command full) {
    assertThat(full.exitCode()).as(full.errors()).isEqualTo(Main.INPUT_OUTPUT);
    Matcher said = CANNOT_WRITE.matcher(full.errors());
    assertThat(said.find()).as(full.errors()).isTrue();
    assertThat(full.errors()).doesNotContain("\tat ", "defect", "null", "Exception");
    assertThat(full.errors().split("the disk is full", -1)).as("said once").hasSize(2);
    return said.group(1);
  }

  @Test
  void everyStageEndsWithTheFileAndTheNextRunGoesOn() throws IOException {
    Path whole = folder.resolve("whole");
    Command good = run(whole, 0);
    assertThat(good.exitCode()).as(good.errors()).isZero();
    Map<String, String> expected = RunFiles.of(whole);
    Set<String> kinds = new TreeSet<>();
    for (long size : sizes(whole)) {
      mount(size);
      Path out = disk.resolve("run");
      String named = assertSaid(run(out, 0));
      kinds.add(
          named.replaceFirst("(?<!^stages)/.*", "") + (named.contains("/figures/") ? "+" : ""));
      grow();
      Command next = run(out, 0);
      assertThat(next.exitCode()).as(next.errors()).isZero();
      assertThat(RunFiles.of(out)).as("%d KiB, %s", size, named).isEqualTo(expected);
      unmount();
    }
    // Which file of a stage is met depends on sizes that change with every new one.
    assertThat(kinds)
        .hasSizeGreaterThan(7)
        .contains("environment.json", "report", "report+")
        .anyMatch(kind -> kind.matches("(stages/)?(moments|patterns)"))
        .anyMatch(kind -> kind.matches("(stages/)?(images|attributions|layers)"))
        .anyMatch(kind -> kind.matches("(stages/)?(metrics|scores|curves|meta-evaluation)"));
  }

  @Test
  void aPassWithoutRoomForItsCheckpointEndsAtOnce() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(run(whole, 600).exitCode()).isZero();
    mount(24);
    Path out = disk.resolve("run");
    assertThat(assertSaid(run(out, 600))).startsWith("moments/checkpoint-A-");
    grow();
    Command next = run(out, 600);
    assertThat(next.exitCode()).as(next.errors()).isZero();
    assertThat(RunFiles.of(out)).isEqualTo(RunFiles.of(whole));
  }

  @Test
  void aReadOnlyDiskIsNamedWithTheOptionThatChoosesAnother() throws IOException {
    mount(4000);
    Path out = disk.resolve("run");
    assertThat(run(out, 0).exitCode()).isZero();
    assertThat(succeeds("mount", "-o", "remount,ro", "" + disk)).isTrue();
    for (Path folder : List.of(out, disk.resolve("new"))) {
      Command run = run(folder, 0);
      assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.INPUT_OUTPUT);
      assertThat(run.errors())
          .startsWith("Cannot use the run directory " + folder + ": ")
          .contains("Read-only file system\nMaybe choose another folder with --out.");
    }
    Command report = Command.here("report", out.toString());
    assertThat(report.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(report.errors()).startsWith(out + "/report/index.html: Read-only file system");
  }
}
