package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Comparisons;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.experiments.statistics.Judgement;
import org.explain4j.experiments.statistics.Paired;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pairs of methods of one group on the same images, and each method against the baseline, for each
 * score of a metric. All comparisons of a metric in a group are one family of questions.
 */
final class ComparisonStage {
  private static final String NAME = "comparisons";

  private final Run run;
  private final Configured<Metric> metric;
  private final Map<String, Group> groups;
  private final Comparisons settings;

  /** Two rows of a score, in the order of the methods; the baseline comes last. */
  private record Pair(Score a, Score b) {}

  ComparisonStage(Run run, Configured<Metric> metric, List<Explained> methods) {
    this.run = run;
    this.metric = metric;
    this.settings = run.experiment().comparisons();
    this.groups =
        methods.stream()
            .collect(
                Collectors.toMap(
                    m -> m.explainer().label(), m -> m.explainer().extension().group()));
  }

  /**
   * @param hash of the scores that are compared
   */
  void run(String hash) {
    run.ledger()
        .cell(
            NAME,
            metric.label(),
            CellHash.of(hash, settings.resamples(), settings.margins()),
            this::compare);
  }

  private void compare(Cell cell) {
    Map<String, List<Score>> scores =
        run.ledger().rows(RunTable.SCORES).stream()
            .filter(row -> row.metric().equals(metric.label()))
            .collect(Collectors.groupingBy(Score::score, LinkedHashMap::new, Collectors.toList()));
    for (Group group : Group.values()) {
      List<Pair> pairs = new ArrayList<>();
      scores.values().forEach(rows -> pairs.addAll(pairs(rows, group)));
      List<Judgement> judged =
          Judgement.family(
              pairs.stream().map(this::paired).toList(),
              pairs.stream()
                  .map(pair -> settings.margin(pair.a.score(), pair.a.margin()))
                  .toList());
      for (int i = 0; i < pairs.size(); i++) {
        cell.row(RunTable.COMPARISONS, row(group, pairs.get(i), judged.get(i)));
      }
    }
  }

  private List<Pair> pairs(List<Score> rows, Group group) {
    List<Score> compared =
        new ArrayList<>(rows.stream().filter(r -> groups.get(r.explainer()) == group).toList());
    int methods = compared.size();
    rows.stream().filter(row -> row.explainer().equals(Score.BASELINE)).forEach(compared::add);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < methods; i++) {
      for (int j = i + 1; j < compared.size(); j++) {
        pairs.add(new Pair(compared.get(i), compared.get(j)));
      }
    }
    return pairs;
  }

  private Paired paired(Pair pair) {
    Bootstrap bootstrap = new Bootstrap(settings.resamples(), run.experiment().seed());
    return Paired.of(values(pair.a), values(pair.b), bootstrap);
  }

  private double[] values(Score row) {
    String file = FileNames.values("scores", metric.label(), row.score(), row.explainer());
    try (INDArray values = run.output().read(file)) {
      return values.toDoubleVector();
    }
  }

  private PairedDifference row(Group group, Pair pair, Judgement judgement) {
    Paired paired = judgement.paired();
    Optional<String> better =
        judgement
            .better(pair.a.lowerIsBetter())
            .map(first -> (first ? pair.a : pair.b).explainer());
    return new PairedDifference(
        metric.label(),
        pair.a.score(),
        group,
        pair.a.explainer(),
        pair.b.explainer(),
        judgement.test(paired.effect().orElse(Double.NaN)),
        Optional.of(judgement.verdict()),
        better,
        paired.difference().n(),
        OptionalLong.of(paired.difference().missing()));
  }
}
