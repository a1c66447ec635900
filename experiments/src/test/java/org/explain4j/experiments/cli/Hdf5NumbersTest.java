package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.explain4j.experiments.cli.Mutants.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every dimension, size and offset of a Keras file, one after the other, is replaced by hostile
 * ones: HDF5 writes them as numbers of eight bytes.
 */
@Tag("slow")
final class Hdf5NumbersTest {

  @TempDir private Path folder;

  private static byte[] good(String file) throws IOException {
    try (InputStream in = Hdf5NumbersTest.class.getResourceAsStream("mutants/" + file)) {
      return in.readAllBytes();
    }
  }

  /** Other processes do not count. */
  private static long cpuMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
  }

  private static long[] hostile(byte[] good, long number) {
    return new long[] {
      0,
      -1,
      number + 1,
      good.length - 1L,
      good.length,
      Integer.MAX_VALUE,
      1L << 31,
      1L << 32,
      1L << 40,
      Long.MAX_VALUE,
      Long.MIN_VALUE
    };
  }

  /** Older files have their numbers at multiples of eight. */
  @ParameterizedTest
  @CsvSource({"network.h5, 1", "older.h5, 8"})
  void hostileDimensionsSizesAndOffsetsAreRefusedWithTheFile(String file, int step)
      throws IOException {
    byte[] good = good(file);
    Path path = folder.resolve(file);
    List<String> faults = new ArrayList<>();
    int tried = 0;
    for (int at = 0; at + Long.BYTES <= good.length; at += step) {
      long number = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
      if (number <= 0 || number > good.length) {
        continue; // no dimension, size or offset of this file
      }
      for (long value : hostile(good, number)) {
        byte[] bytes = good.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        Files.write(path, bytes);
        long start = cpuMillis();
        Command inspect = Command.here("inspect", "--no-methods", path.toString());
        long millis = cpuMillis() - start;
        String text = inspect.exitCode() == 0 ? "" : inspect.output() + inspect.errors();
        String fault =
            MutantsTest.fault(new Verdict("HDF5", at, millis, inspect.exitCode(), file, text));
        if (!fault.isEmpty()) {
          faults.add("%d at %d in place of %d: %s: %s".formatted(value, at, number, fault, text));
        }
        tried++;
      }
    }
    assertThat(faults).as("of " + tried).isEmpty();
    assertThat(tried).isGreaterThan(1000);
  }
}
