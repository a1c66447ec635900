package org.explain4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.slf4j.LoggerFactory;

/** What the machine can do, and how much of it this process has used. */
final class Machine {
  private static final int SIZE = 2048;
  private static final int ROUNDS = 5;
  private static final Path STATUS = Path.of("/proc/self/status");

  private Machine() {}

  /**
   * Operations per second of a float32 product of 2048 x 2048 matrices: best of five, on all cores.
   */
  static double gemm() {
    int threads = openblas.blas_get_num_threads();
    openblas.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
    double best = Double.MAX_VALUE;
    try (FloatPointer a = new FloatPointer((long) SIZE * SIZE).fill(1);
        FloatPointer b = new FloatPointer((long) SIZE * SIZE).fill(1);
        FloatPointer c = new FloatPointer((long) SIZE * SIZE).fill(0)) {
      for (int round = -1; round < ROUNDS; round++) { // one round to warm up
        long begin = System.nanoTime();
        multiply(a, b, c);
        double seconds = (System.nanoTime() - begin) / 1e9;
        best = round < 0 ? best : Math.min(best, seconds);
      }
    } finally {
      openblas.blas_set_num_threads(threads);
    }
    return 2.0 * SIZE * SIZE * SIZE / best;
  }

  private static void multiply(FloatPointer a, FloatPointer b, FloatPointer c) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasNoTrans,
        SIZE,
        SIZE,
        SIZE,
        1f,
        a,
        SIZE,
        b,
        SIZE,
        0f,
        c,
        SIZE);
  }

  /** CPU seconds of all threads of this process, including the kernel's. */
  static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** The most memory this process has held at once, including native memory, where Linux tells. */
  static String peakMemory() {
    return Files.exists(STATUS)
        ? "%.2f GiB".formatted(status("VmHWM:") / (double) (1 << 30))
        : "unknown on this system";
  }

  /**
   * Collects garbage and returns to the system what the C library keeps of freed memory, where Java
   * can (Linux, Java 17.0.9 or later).
   */
  static void returnFreedMemory() throws InterruptedException {
    System.gc();
    Thread.sleep(500); // arrays are freed on other threads
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      LoggerFactory.getLogger(Machine.class).debug("not returned", e);
    }
  }

  /**
   * The memory this process holds now, including native memory.
   *
   * @throws UncheckedIOException unless on Linux, which tells
   */
  static long residentBytes() {
    return status("VmRSS:");
  }

  private static long status(String name) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElseThrow(() -> new IOException("No " + name + " in " + STATUS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
