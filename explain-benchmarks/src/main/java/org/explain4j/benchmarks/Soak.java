package org.explain4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric;
import org.explain4j.api.Subject;
import org.explain4j.network.Network;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.moments.PatchSampling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether memory grows: degradation and moments in a loop, while the resident memory of the process
 * is sampled.
 *
 * <pre>Soak MINUTES [BATCH]</pre>
 *
 * Prints the memory at the end of each of 60 equal stretches of time, and the slope of a
 * least-squares line through all but the first twelve, while classes are still compiled and pools
 * filled. Before it is read, garbage is collected, and what the C library keeps of freed memory is
 * returned: both grow for hours and say nothing about a leak. With {@code -Xms512m -Xmx512m
 * -XX:+AlwaysPreTouch} the heap's own growth is not in it.
 */
public final class Soak {
  private static final Logger LOG = LoggerFactory.getLogger(Soak.class);
  private static final int STRETCHES = 60;
  private static final int BEGINNING = 12;
  private static final int BATCH = 20;
  private static final double MIB = 1 << 20;
  private static final double NANOS_PER_HOUR = 3600e9;

  private final Network network = RandomNetworks.small();
  private final Attributor attributor =
      Catalog.of(Explainer.class).get("gradient").bind(Subject.of(network));
  private final Metric degradation = Catalog.of(Metric.class).get("degradation");
  private final INDArray input;
  private final int[] classes;

  private Soak(int batch) {
    input = RandomNetworks.images(network, batch);
    classes = network.predict(input);
  }

  public static void main(String[] arguments) throws InterruptedException {
    double minutes = Double.parseDouble(arguments[0]);
    Soak soak = new Soak(arguments.length > 1 ? Integer.parseInt(arguments[1]) : BATCH);
    List<double[]> points = new ArrayList<>(); // hours, MiB
    long rounds = 0;
    long begin = System.nanoTime();
    for (int stretch = 1; stretch <= STRETCHES; stretch++) {
      do {
        soak.round();
        rounds++;
      } while (System.nanoTime() - begin < minutes * 60e9 * stretch / STRETCHES);
      Machine.returnFreedMemory();
      double hours = (System.nanoTime() - begin) / NANOS_PER_HOUR;
      points.add(new double[] {hours, Machine.residentBytes() / MIB});
      LOG.info(
          "{}", String.format(Locale.ROOT, "%6.3f h %9.2f MiB", hours, points.get(stretch - 1)[1]));
    }
    LOG.info("{} rounds, peak memory {}", rounds, Machine.peakMemory());
    LOG.info("{}", slope(points.subList(BEGINNING, STRETCHES)));
  }

  private void round() {
    try (INDArray maps = attributor.attribute(input, classes)) {
      degradation.evaluate(new Metric.Evaluation(network, input, classes, attributor, maps));
    }
    try (NetworkMoments moments = NetworkMoments.empty(network, node -> true)) {
      moments.add(input, PatchSampling.all());
      moments.complete();
    }
  }

  /** Of the least-squares line, with its standard error. */
  private static String slope(List<double[]> points) {
    int n = points.size();
    double meanX = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double meanY = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double xx = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    double xy = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum();
    double slope = xy / xx;
    double squares =
        points.stream()
            .mapToDouble(p -> p[1] - meanY - slope * (p[0] - meanX))
            .map(residual -> residual * residual)
            .sum();
    return String.format(
        Locale.ROOT,
        "slope %.2f MiB per hour, standard error %.2f, mean %.1f MiB",
        slope,
        Math.sqrt(squares / (n - 2) / xx),
        meanY);
  }
}
