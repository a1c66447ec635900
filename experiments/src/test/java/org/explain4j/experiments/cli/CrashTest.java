package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.explain4j.experiments.Experiments;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever ends a run, and whatever damages its files: the next session ends with the same bytes as
 * one that nothing disturbed.
 */
@Tag("slow")
final class CrashTest {
  @TempDir private Path folder;

  private Path experiment(int milliseconds) throws IOException {
    return EveryStage.in(folder, 20, milliseconds);
  }

  @Test
  void sevenKillsLoseNothing() throws Exception {
    killed(7);
  }

  @Test
  @Tag("exhaustive")
  void aHundredKillsLoseNothing() throws Exception {
    killed(100);
  }

  private void killed(int kills) throws Exception {
    String file = experiment(60).toString();
    Command whole = Command.run(folder, "run", file, "--out", "whole");
    assertThat(whole.exitCode()).as(whole.errors()).isZero();
    Map<String, String> expected = RunFiles.of(folder.resolve("whole"));
    SplittableRandom random = new SplittableRandom(kills);
    int killed = 0;
    int finished = 0;
    while (killed < kills || finished == 0) {
      Path out = folder.resolve("run-" + finished);
      Process process = Command.start(folder, "run", file, "--out", out.toString());
      long time = killed < kills ? random.nextLong(500, 12_000) : 120_000;
      if (process.waitFor(time, TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors.txt"))).isZero();
        assertThat(RunFiles.of(out)).isEqualTo(expected);
        finished++;
      } else {
        process.destroyForcibly().waitFor();
        killed++;
      }
    }
  }

  /** What happens to a file. */
  private enum Damage {
    TRUNCATED {
      @Override
      byte[] of(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
      }
    },
    EMPTY {
      @Override
      byte[] of(byte[] whole) {
        return new byte[0];
      }
    },
    FLIPPED {
      @Override
      byte[] of(byte[] whole) {
        byte[] damaged = whole.clone();
        damaged[whole.length * 2 / 3] ^= 1;
        return damaged;
      }
    },
    ZEROED {
      @Override
      byte[] of(byte[] whole) {
        return new byte[whole.length];
      }
    };

    abstract byte[] of(byte[] whole);
  }

  @Test
  void everyKindOfFileHealsFromEveryKindOfDamage() throws Exception {
    Path file = experiment(0);
    Path whole = Experiments.run(file, folder.resolve("whole")).path();
    Map<String, String> expected = RunFiles.of(whole);
    List<Path> kinds = new ArrayList<>(kinds(whole));
    assertThat(kinds).hasSizeGreaterThan(30);
    for (int i = 0; i < kinds.size(); i++) {
      Path kind = kinds.get(i);
      for (Damage damage : Damage.values()) {
        byte[] bytes = damage.of(Files.readAllBytes(whole.resolve(kind)));
        heals(
            file,
            whole,
            kind + " " + damage,
            expected,
            run -> Files.write(run.resolve(kind), bytes));
      }
      heals(file, whole, kind + " deleted", expected, run -> Files.delete(run.resolve(kind)));
      Path other = kinds.get((i + 1) % kinds.size());
      heals(file, whole, kind + " is " + other, expected, run -> swap(run, kind, other));
    }
  }

  /** Moments that nothing needs any more may be deleted, to save space: they stay away. */
  private static Map<String, String> withoutMoments(Map<String, String> files) {
    Map<String, String> rest = new TreeMap<>(files);
    rest.keySet().removeIf(name -> name.matches("(stages/)?moments/.*"));
    return rest;
  }

  private static void swap(Path run, Path a, Path b) throws IOException {
    Path between = run.resolve("between");
    Files.move(run.resolve(a), between);
    Files.move(run.resolve(b), run.resolve(a));
    Files.move(between, run.resolve(b));
  }

  /** Something done to a run directory. */
  private interface Deed {
    void to(Path run) throws IOException;
  }

  private void heals(Path file, Path whole, String what, Map<String, String> expected, Deed deed)
      throws IOException {
    Path run = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(whole)) {
      for (Path one : files.toList()) {
        Path to = run.resolve(whole.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(to);
        } else {
          Files.copy(one, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    deed.to(run);
    Experiments.run(file, run);
    boolean deleted = what.contains("stages/moments/") || what.matches("moments/.* deleted");
    Map<String, String> found = RunFiles.of(run);
    assertThat(deleted ? withoutMoments(found) : found)
        .as(what)
        .isEqualTo(deleted ? withoutMoments(expected) : expected);
  }

  /** One file of each kind: those that differ in more than a label, a layer or a split. */
  private static Collection<Path> kinds(Path run) throws IOException {
    Map<String, Path> kinds = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = run.relativize(file).toString().replace('\\', '/');
        if (!name.equals("stages/.lock")) {
          String kind =
              name.contains("/")
                  ? name.replaceFirst("/[^/]*(?=(\\.positive|\\.negative)?\\.\\w+$)", "/*")
                  : name;
          kinds.putIfAbsent(kind, run.relativize(file));
        }
      }
    }
    return kinds.values();
  }
}
