package org.explain4j.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * rho of a convolution of several groups, whose neurons see inputs of their own: group by group.
 * Diagnostics that count something are added up; of {@code steps} the most and of {@code converged}
 * the least is told, of the others the mean over neurons that are included.
 */
final class GroupMeasure implements SignalQuality.Measure {
  private static final List<String> COUNTS =
      List.of(
          "seconds",
          "without-pattern",
          "undefined",
          "constant-inputs",
          "dropped-inputs",
          "leaking");

  private final List<Optional<SignalQuality.Measure>> groups;
  private final int neurons; // of a group
  private final long fanIn;
  private final IdentityHashMap<Patterns, List<Patterns>> parts = new IdentityHashMap<>();

  private GroupMeasure(List<Optional<SignalQuality.Measure>> groups, LinearLayer layer) {
    this.groups = groups;
    neurons = Math.toIntExact(layer.neurons() / layer.groups());
    fanIn = layer.fanIn();
  }

  static GroupMeasure of(
      SignalQuality solver, LinearLayer layer, LayerData fit, LayerData evaluate) {
    List<Optional<SignalQuality.Measure>> groups = new ArrayList<>();
    for (int g = 0; g < layer.groups(); g++) {
      groups.add(ofGroup(solver, layer.group(g), fit.group(g), evaluate.group(g)));
    }
    return new GroupMeasure(groups, layer);
  }

  /** Empty where a group cannot be measured, as one whose inputs are constant. */
  private static Optional<SignalQuality.Measure> ofGroup(
      SignalQuality solver, LinearLayer layer, LayerData fit, LayerData evaluate) {
    try {
      return Optional.of(solver.of(layer, fit, evaluate));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public Rho rho(Patterns patterns, RegressionTarget target) {
    return rho(List.of(new SignalQuality.Question(patterns, target))).get(0);
  }

  @Override
  public List<Rho> rho(List<SignalQuality.Question> questions) {
    return each(
        questions,
        (group, first, own) -> group.map(m -> m.rho(own)).orElseGet(() -> undefined(own)));
  }

  @Override
  public List<Rho> rho(List<SignalQuality.Question> questions, SignalQuality.Regressions taker) {
    return each(
        questions,
        (group, first, own) -> {
          if (group.isPresent()) {
            return group.get().rho(own, (q, from, v) -> taker.take(q, first + from, v));
          }
          try (INDArray none = Nd4j.zeros(DataType.DOUBLE, neurons, fanIn)) {
            IntStream.range(0, own.size()).forEach(q -> taker.take(q, first, none));
          }
          return undefined(own);
        });
  }

  /** What is asked of a group, with the place of its first neuron. */
  @FunctionalInterface
  private interface Asked {
    List<Rho> of(
        Optional<SignalQuality.Measure> group, int first, List<SignalQuality.Question> own);
  }

  /** A solver may know patterns again by their identity: parts of the last ones are kept. */
  @SuppressWarnings("ReferenceEquality")
  private synchronized List<Rho> each(List<SignalQuality.Question> questions, Asked asked) {
    parts.keySet().removeIf(p -> questions.stream().noneMatch(q -> q.patterns() == p));
    questions.forEach(q -> parts.computeIfAbsent(q.patterns(), this::parts));
    List<List<Rho>> found = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      int group = g;
      found.add(
          asked.of(
              groups.get(group),
              group * neurons,
              questions.stream()
                  .map(
                      q ->
                          new SignalQuality.Question(
                              parts.get(q.patterns()).get(group), q.target()))
                  .toList()));
    }
    return IntStream.range(0, questions.size())
        .mapToObj(q -> joined(found.stream().map(rho -> rho.get(q)).toList()))
        .toList();
  }

  private List<Patterns> parts(Patterns whole) {
    return IntStream.range(0, groups.size())
        .mapToObj(g -> whole.part(g * neurons, (g + 1) * neurons))
        .toList();
  }

  private List<Rho> undefined(List<SignalQuality.Question> questions) {
    double[] none = new double[neurons];
    Arrays.fill(none, Double.NaN);
    Map<String, Double> diagnostics = Map.of("undefined", (double) neurons);
    Rho rho = new Rho(none, none, new boolean[neurons], diagnostics);
    return questions.stream().map(q -> rho).toList();
  }

  private static Rho joined(List<Rho> groups) {
    boolean[] included = new boolean[groups.size() * groups.get(0).included().length];
    int at = 0;
    for (Rho group : groups) {
      System.arraycopy(group.included(), 0, included, at, group.included().length);
      at += group.included().length;
    }
    Map<String, Double> diagnostics = new TreeMap<>();
    groups.stream()
        .flatMap(group -> group.diagnostics().keySet().stream())
        .distinct()
        .forEach(name -> diagnostics.put(name, diagnostic(name, groups)));
    return new Rho(
        joined(groups, Rho::evaluated), joined(groups, Rho::fitted), included, diagnostics);
  }

  private static double[] joined(List<Rho> groups, Function<Rho, double[]> numbers) {
    return groups.stream().map(numbers).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double diagnostic(String name, List<Rho> groups) {
    List<Rho> known =
        groups.stream()
            .filter(group -> !group.diagnostics().getOrDefault(name, Double.NaN).isNaN())
            .toList();
    Stream<Double> values = known.stream().map(group -> group.diagnostics().get(name));
    if (COUNTS.contains(name)) {
      return values.mapToDouble(v -> v).sum();
    }
    if (name.equals("steps") || name.equals("converged")) {
      int sign = name.equals("steps") ? 1 : -1;
      return sign * values.mapToDouble(v -> sign * v).max().orElse(Double.NaN);
    }
    double sum = known.stream().mapToDouble(g -> g.diagnostics().get(name) * counted(g)).sum();
    return sum / known.stream().mapToInt(GroupMeasure::counted).sum();
  }

  private static int counted(Rho rho) {
    return (int) IntStream.range(0, rho.included().length).filter(i -> rho.included()[i]).count();
  }

  @Override
  public void close() {
    groups.forEach(group -> group.ifPresent(SignalQuality.Measure::close));
  }
}
