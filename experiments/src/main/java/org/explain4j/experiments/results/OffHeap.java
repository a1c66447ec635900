package org.explain4j.experiments.results;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.LoggerFactory;

/**
 * Bounds the memory outside the heap in truth. ND4J's native side counts what arrays take and
 * refuses more ({@code javacpp.maxbytes} does not count them); and where the system tells, the
 * whole process is watched, since libraries take memory that nobody counts.
 */
public final class OffHeap {
  /** What a process may take besides heap and arrays: code, threads, buffers of libraries. */
  private static final long BESIDES = 1L << 30;

  private static final Path STATUS = Path.of("/proc/self/status");

  private static final Duration FREEING = Duration.ofMillis(300);

  private final long bytes;

  /**
   * Bounds what arrays take from now on.
   *
   * @param bytes at least 1
   */
  public OffHeap(long bytes) {
    this.bytes = bytes;
    if (Nd4j.getEnvironment().isCPU()) {
      Nd4j.getEnvironment().setDeviceLimit(0, bytes); // device 0 is the processor
    }
  }

  /**
   * An error if the process takes more than heap, arrays and libraries may together, and what it no
   * longer uses is not the reason.
   */
  public Optional<OutOfMemoryError> exceeded() {
    if (taken() > bytes + BESIDES) {
      System.gc(); // frees what belongs to objects that are garbage, on other threads
      LockSupport.parkNanos(FREEING.toNanos());
      returnFreed();
    }
    long taken = taken();
    return taken <= bytes + BESIDES
        ? Optional.empty()
        : Optional.of(
            new OutOfMemoryError(
                String.format(
                    Locale.ROOT,
                    "the process takes %d MiB outside the heap, where %d MiB are allowed",
                    taken >> 20,
                    bytes >> 20)));
  }

  /** What the C library keeps of freed memory goes back to the system, where Java can ask it to. */
  private static void returnFreed() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      LoggerFactory.getLogger(OffHeap.class).debug("freed memory is kept", e);
    }
  }

  private static long taken() {
    return resident() - Runtime.getRuntime().totalMemory();
  }

  /** Bytes of the process in physical memory; 0 where the system does not tell. */
  private static long resident() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // not Linux
    }
  }
}
