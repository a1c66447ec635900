package org.explain4j.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.network.files.WholeFile;
import org.explain4j.network.numpy.NumpyStream;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.RunTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

/** Power is cut, or the disk is full, at each step of what writes a run directory. */
final class PowerCutTest {
  private static final List<String> CELLS = List.of("one", "two");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aFileIsTheOldOneOrTheNewOneWhereverPowerIsCut(FragileDisk.Kept kept) throws IOException {
    int steps = Integer.MAX_VALUE;
    for (int step = 0; step <= steps; step++) {
      Path real = Files.createDirectories(folder.resolve("disk-" + step));
      WholeFile.write(real.resolve("a.txt"), "old");
      FragileDisk disk = new FragileDisk(real);
      disk.failAfter(step, FragileDisk.Fault.POWER_CUT);
      boolean written = survives(() -> WholeFile.write(disk.root().resolve("a.txt"), "new text"));
      Path found = folder.resolve("found-" + step);
      disk.restart(kept, found);
      assertThat(Files.readString(found.resolve("a.txt")))
          .as("power cut after step %d", step)
          .isIn(written ? List.of("new text") : List.of("old", "new text"));
      steps = written ? step : steps;
    }
    assertThat(steps)
        .as("create, write, force, rename, force the folder")
        .isGreaterThanOrEqualTo(5);
  }

  /** Work on the disk. */
  private interface Work {
    void run() throws IOException;
  }

  private static boolean survives(Work work) {
    try {
      work.run();
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** A session that writes the numbers of {@code hash} into every cell's file and row. */
  private static int session(FragileDisk disk, String hash) {
    try (RunOutput output = RunOutput.open(disk.root())) {
      Ledger ledger =
          new Ledger(output, () -> output.write(Environment.FILE, "{}"), new CellWatch());
      for (String name : CELLS) {
        ledger.cell(
            "stage",
            name,
            hash,
            cell -> {
              cell.array("scores/" + name + ".npy", Nd4j.scalar((double) hash.length()));
              cell.row(RunTable.ESTIMATOR_MAPS, new EstimatorMap(name, hash));
            });
      }
      ledger.writeTables();
      ledger.removeLeftovers();
      return ledger.worked();
    }
  }

  private static void assertHolds(Path root, String hash) throws IOException {
    assertThat(root.resolve("estimator-maps.csv"))
        .hasContent("estimator,explainer\none,%s\ntwo,%s".formatted(hash, hash));
    for (String name : CELLS) {
      assertThat(NumpyStream.read(root.resolve("scores/" + name + ".npy")).getDouble(0))
          .isEqualTo(hash.length());
    }
    try (var files = Files.walk(root)) {
      assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionAfterAPowerCutFindsTheOldResultsOrComputesNewOnes(FragileDisk.Kept kept)
      throws IOException {
    FragileDisk before = new FragileDisk(Files.createDirectories(folder.resolve("before")));
    session(before, "old");
    int steps = Integer.MAX_VALUE;
    for (int step = 0; step <= steps; step++) {
      Path real = folder.resolve("disk-" + step);
      before.restart(FragileDisk.Kept.NOTHING, real);
      FragileDisk disk = new FragileDisk(real);
      disk.failAfter(step, FragileDisk.Fault.POWER_CUT);
      boolean written = survives(() -> session(disk, "changed"));
      for (String next : List.of("old", "changed")) {
        Path found = folder.resolve("found-" + step + "-" + next);
        disk.restart(kept, found);
        int worked = session(new FragileDisk(found), next);
        assertHolds(found, next);
        if (written && next.equals("changed")) {
          assertThat(worked).as("a finished session's work is safe").isZero();
        }
      }
      steps = written ? step : steps;
    }
    assertThat(steps).isGreaterThan(30);
  }

  @Test
  void aFullDiskEndsTheSessionAndTheNextOneGoesOn() throws IOException {
    int steps = Integer.MAX_VALUE;
    for (int step = 0; step <= steps; step++) {
      Path real = Files.createDirectories(folder.resolve("disk-" + step));
      FragileDisk disk = new FragileDisk(real);
      disk.failAfter(step, FragileDisk.Fault.FULL);
      if (survives(() -> session(disk, "hash"))) {
        steps = step;
      } else {
        assertThatThrownBy(() -> session(disk, "hash"))
            .isInstanceOf(RunOutputException.class)
            .hasMessageContaining("the disk is full")
            .hasMessageContaining("run again");
      }
      session(new FragileDisk(real), "hash");
      assertHolds(real, "hash");
    }
    assertThat(steps).isGreaterThan(30);
  }
}
