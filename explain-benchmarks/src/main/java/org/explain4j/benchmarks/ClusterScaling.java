package org.explain4j.benchmarks;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How long the moments of {@code explain submit} take on more executors than a test has, from what
 * single tasks were measured to take. Ranges are handed out as executors become free; each writes
 * its sums and sends them, pieces are added up by all executors, and the driver writes the result.
 *
 * <pre>{@code
 * ClusterScaling RANGES IMAGES SECONDS_PER_IMAGE GIGABYTES_OF_SUMS SECONDS_PER_GIGABYTE
 * }</pre>
 */
public final class ClusterScaling {
  private ClusterScaling() {}

  /**
   * @param images of all splits
   * @param perImage seconds of one executor
   * @param gigabytes of one range's sums
   * @param perGigabyte seconds to write, send or read one
   */
  private record Job(
      int ranges, double images, double perImage, double gigabytes, double perGigabyte) {

    double range() {
      return images / ranges * perImage + 2 * gigabytes * perGigabyte; // file, and to the others
    }

    double seconds(int executors) {
      int rounds = (ranges + executors - 1) / executors;
      double added = ranges * gigabytes * perGigabyte / executors;
      return rounds * range() + added + gigabytes * perGigabyte;
    }

    double efficiency(int executors) {
      return seconds(1) / (executors * seconds(executors));
    }
  }

  /** Prints hours and efficiencies. */
  public static void main(String[] arguments) {
    Job job =
        new Job(
            Integer.parseInt(arguments[0]),
            Double.parseDouble(arguments[1]),
            Double.parseDouble(arguments[2]),
            Double.parseDouble(arguments[3]),
            Double.parseDouble(arguments[4]));
    System.out.printf(Locale.ROOT, "a range takes %.0f s%n", job.range());
    for (int executors : new int[] {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64}) {
      System.out.printf(
          Locale.ROOT,
          "%2d executors: %7.2f hours, efficiency %.3f%n",
          executors,
          job.seconds(executors) / 3600,
          job.efficiency(executors));
    }
    for (int most : new int[] {16, 64}) {
      System.out.printf(
          Locale.ROOT,
          "least efficiency of 1 to %d executors: %.3f%n",
          most,
          IntStream.rangeClosed(1, most).mapToDouble(job::efficiency).min().orElseThrow());
    }
  }
}
