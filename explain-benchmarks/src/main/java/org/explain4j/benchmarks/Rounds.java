package org.explain4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Tasks measured alternately, so all see the same machine: its speed drifts, and only numbers of
 * one run can be compared.
 */
final class Rounds {
  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

  /**
   * What one task took.
   *
   * @param seconds on the clock
   * @param cpu seconds of all threads; shows the cost even when other load disturbs the clock
   */
  record Cost(double seconds, double cpu) {}

  /**
   * @param rounds measured, after half as many to warm up: it takes hundreds of passes of a small
   *     network until ND4J's dispatch of operations is compiled
   */
  Rounds(Map<String, Runnable> work, int rounds) {
    for (int round = -Math.max(1, rounds / 2); round < rounds; round++) {
      for (Map.Entry<String, Runnable> entry : work.entrySet()) {
        Cost cost = measure(entry.getValue());
        if (round >= 0) {
          costs.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(cost);
        }
      }
    }
  }

  private static Cost measure(Runnable work) {
    double cpu = Machine.cpuSeconds();
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Cost(seconds, Machine.cpuSeconds() - cpu);
  }

  double seconds(String name) {
    return median(name, Cost::seconds);
  }

  double cpu(String name) {
    return median(name, Cost::cpu);
  }

  double best(String name) {
    return costs.get(name).stream().mapToDouble(Cost::seconds).min().orElseThrow();
  }

  private double median(String name, ToDoubleFunction<Cost> part) {
    return median(costs.get(name).stream().mapToDouble(part).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /**
   * The cost of one task relative to another: the median of the rounds' quotients, since a
   * machine's speed drifts less within a round than over all of them.
   */
  double ratio(String name, String unit, ToDoubleFunction<Cost> part) {
    List<Cost> units = costs.get(unit);
    double[] quotients = new double[units.size()];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = part.applyAsDouble(costs.get(name).get(i)) / part.applyAsDouble(units.get(i));
    }
    return median(quotients);
  }

  /** One line per task; the last columns are multiples of the task {@code unit}. */
  List<String> table(String unit, int examples) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-24s %9s %9s %9s %10s %7s %9s"
            .formatted("", "median s", "best s", "CPU s", "images/s", unit + "s", "in CPU s"));
    for (String name : costs.keySet()) {
      lines.add(
          "%-24s %9.4f %9.4f %9.4f %10.1f %7.2f %9.2f"
              .formatted(
                  name,
                  seconds(name),
                  best(name),
                  cpu(name),
                  examples / seconds(name),
                  ratio(name, unit, Cost::seconds),
                  ratio(name, unit, Cost::cpu)));
    }
    return lines;
  }
}
