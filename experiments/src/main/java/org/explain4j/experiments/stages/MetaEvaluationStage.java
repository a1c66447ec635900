package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.MetaEvaluation;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.stages.Perturbation.Strength;
import org.explain4j.experiments.statistics.MetaConsistency;
import org.explain4j.experiments.statistics.MetaConsistency.Perturbed;
import org.explain4j.reports.runs.MetaScore;
import org.explain4j.reports.runs.MetaScore.Space;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far each metric can be believed: one cell for each metric and for what is perturbed. The
 * explained class stays that of the clean image.
 */
final class MetaEvaluationStage {
  static final String NAME = "meta-evaluation";

  private final Run run;
  private final MetaEvaluation settings;
  private final ExplainedImages images;
  private final List<Explained> methods;
  private final PerturbedImages perturbed;
  private final PerturbedExplanations explanations;
  private final MetricCosts costs;

  /**
   * @param methods that did not fail
   */
  MetaEvaluationStage(Run run, ExplainedImages images, List<Explained> methods, Binding binding) {
    this.run = run;
    this.settings = run.experiment().metaEvaluation().orElseThrow();
    this.images = images.first(Math.min(settings.images(), images.size()));
    this.methods =
        methods.stream()
            .filter(method -> settings.hasExplainer(method.explainer().label()))
            .toList();
    this.perturbed = new PerturbedImages(run, settings, this.images, binding);
    this.explanations = new PerturbedExplanations(run, images, perturbed);
    this.costs = new MetricCosts(run.setup());
  }

  void run() {
    List<Explained> cheap =
        methods.stream().filter(method -> costs.isCheap(method.explainer())).toList();
    for (Space space : Space.values()) {
      List<Perturbation> perturbations = new ArrayList<>(perturbations(space, Strength.MINOR));
      perturbations.addAll(perturbations(space, Strength.DISRUPTIVE));
      List<Explained> explained = explanations.explain(cheap, space, perturbations);
      for (Configured<Metric> metric : run.experiment().metrics()) {
        if (settings.hasMetric(metric.label())) {
          judge(metric, space, explained);
        }
      }
    }
  }

  private List<Perturbation> perturbations(Space space, Strength strength) {
    return IntStream.range(0, settings.perturbations())
        .mapToObj(k -> new Perturbation(space, strength, k))
        .toList();
  }

  private void judge(Configured<Metric> metric, Space space, List<Explained> explained) {
    Optional<String> refusal =
        costs.isAllowed(metric.extension())
            ? Optional.of("no method could be explained again").filter(no -> explained.isEmpty())
            : Optional.of(costs.refusal(metric.extension()));
    if (refusal.isPresent()) {
      run.ledger()
          .row(RunTable.META_EVALUATION, MetaScore.notJudged(metric.label(), space, refusal.get()));
      return;
    }
    String hash =
        CellHash.of(
            perturbed.hash(space),
            settings.perturbations(),
            left(explained),
            metric.label(),
            Run.hash(metric.extension()),
            explained.stream().map(Explained::hash).toList());
    run.ledger()
        .cell(
            NAME,
            metric.label() + " " + space.word(),
            hash,
            cell -> cell.row(RunTable.META_EVALUATION, row(metric, space, explained)));
  }

  /** The methods that are not among these, and why. */
  private Optional<String> left(List<Explained> explained) {
    List<String> left = new ArrayList<>();
    for (Explained method : methods) {
      if (!explained.contains(method)) {
        String why =
            costs.isCheap(method.explainer()) ? "failed" : costs.refusal(method.explainer());
        left.add(method.explainer().label() + " (" + why + ")");
      }
    }
    return left.isEmpty() ? Optional.empty() : Optional.of("without " + String.join(", ", left));
  }

  private MetaScore row(Configured<Metric> metric, Space space, List<Explained> explained) {
    Judged judged = new Judged(metric, space, explained);
    double[][] clean = judged.clean();
    int[] known =
        IntStream.range(0, clean.length)
            .filter(m -> Arrays.stream(clean[m]).anyMatch(value -> !Double.isNaN(value)))
            .toArray();
    if (known.length == 0) {
      return MetaScore.notJudged(metric.label(), space, "no method has a value");
    }
    MetaConsistency found =
        MetaConsistency.of(
            rows(clean, known),
            judged.lowerIsBetter,
            judged.perturbed(Strength.MINOR, known),
            judged.perturbed(Strength.DISRUPTIVE, known));
    List<String> notes = new ArrayList<>();
    left(explained).ifPresent(notes::add);
    if (known.length < clean.length) {
      notes.add((clean.length - known.length) + " methods have no value");
    }
    return new MetaScore(
        metric.label(),
        judged.score,
        space,
        found.iacNr(),
        found.iacAr(),
        found.iecNr(),
        found.iecAr(),
        found.mc(),
        found.minor(),
        found.disruptive(),
        known.length,
        settings.perturbations(),
        images.size(),
        notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes)));
  }

  private static double[][] rows(double[][] values, int... chosen) {
    return Arrays.stream(chosen).mapToObj(m -> values[m]).toArray(double[][]::new);
  }

  /** One metric's values. */
  private final class Judged {
    private final Configured<Metric> metric;
    private final Space space;
    private final List<Explained> explained;
    private String score = "";
    private boolean lowerIsBetter;
    private int done;

    Judged(Configured<Metric> metric, Space space, List<Explained> explained) {
      this.metric = metric;
      this.space = space;
      this.explained = explained;
      run.progress().begin(label(), total(), "perturbations");
    }

    private String label() {
      return "meta-evaluation of " + metric.label() + " with perturbed " + space.word();
    }

    private int total() {
      return 1 + settings.perturbations() * Strength.values().length;
    }

    /** The first score of each method, unperturbed. */
    double[][] clean() {
      return values(Optional.empty());
    }

    List<Perturbed> perturbed(Strength strength, int... known) {
      return perturbations(space, strength).stream()
          .map(
              each ->
                  new Perturbed(
                      rows(values(Optional.of(each)), known), perturbed.samePrediction(each)))
          .toList();
    }

    private double[][] values(Optional<Perturbation> perturbation) {
      String what = perturbation.map(Perturbation::label).orElse("");
      run.progress().step(label(), done++, total(), what);
      PerturbedImages.Judge judge = perturbed.judge(metric.extension(), perturbation);
      double[][] values = new double[explained.size()][];
      for (int m = 0; m < values.length; m++) {
        try (INDArray attributions = explanations.read(perturbation, explained.get(m))) {
          values[m] = first(judge.of(explained.get(m), attributions));
        }
      }
      return values;
    }

    private double[] first(Metric.Result result) {
      Metric.Score first =
          result.scores().stream()
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("The metric has curves but no score."));
      score = first.name();
      lowerIsBetter = first.direction() == Metric.Direction.LOWER_IS_BETTER;
      return first.values();
    }
  }
}
