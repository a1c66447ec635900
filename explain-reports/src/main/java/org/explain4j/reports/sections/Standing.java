package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.explain4j.api.Group;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;

/**
 * Who is ahead by a measure, as the report's summary says it, for terminals and programs.
 *
 * @param measure {@code degradation area (lower is better)}
 * @param among a group of methods, or the layers whose estimators are compared
 * @param verdict {@code better}, {@code tie} or {@code undecided}
 * @param names the first by mean, and those that it is not better than
 */
public record Standing(String measure, String among, String verdict, List<String> names) {
  public Standing {
    names = List.copyOf(names);
  }

  /**
   * All of a run, wherever there are two or more to compare.
   *
   * @throws IOException if a file is damaged
   */
  public static List<Standing> of(RunDirectory run) throws IOException {
    List<Standing> all = new ArrayList<>();
    List<LayerRho> rho = run.signalQuality();
    for (String solver : RowSelection.distinct(rho, row -> row.task().solver())) {
      for (String target : RowSelection.distinct(rho, row -> row.task().target())) {
        ofEstimators(rho, run.rows(RunTable.RHO_COMPARISONS), solver, target)
            .forEach(
                (leaders, layers) ->
                    all.add(
                        of(
                            "rho (" + solver + ", " + target + "; higher is better)",
                            String.join(", ", layers),
                            leaders)));
      }
    }
    ofMethods(run, all);
    return all;
  }

  private static Standing of(String measure, String among, Leaders leaders) {
    return new Standing(measure, among, leaders.verdict().word(), leaders.names());
  }

  /** The layers in which the same estimators are ahead. */
  static Map<Leaders, List<String>> ofEstimators(
      List<LayerRho> rho, List<RhoDifference> pairs, String solver, String target) {
    Map<Leaders, List<String>> layers = new LinkedHashMap<>();
    List<LayerRho> part = SignalQualitySection.of(rho, solver, target);
    for (String layer : RowSelection.distinct(part, row -> row.task().layer())) {
      List<Leaders.Outcome> outcomes =
          pairs.stream()
              .filter(pair -> pair.layer().equals(layer) && pair.solver().equals(solver))
              .filter(pair -> pair.target().equals(target))
              .map(Leaders.Outcome::of)
              .toList();
      List<String> names =
          RowSelection.distinct(
              RhoSentence.byMean(RowSelection.where(part, r -> r.task().layer(), layer)),
              row -> row.task().estimator());
      if (names.size() > 1) {
        Leaders leaders = Leaders.of(names, outcomes).unranked();
        layers.computeIfAbsent(leaders, l -> new ArrayList<>()).add(layer);
      }
    }
    return layers;
  }

  private static void ofMethods(RunDirectory run, List<Standing> all) throws IOException {
    List<Score> scores = run.scores();
    List<PairedDifference> pairs = run.comparisons();
    Methods methods = Methods.of(run);
    for (String metric : RowSelection.distinct(scores, Score::metric)) {
      List<Score> ofMetric = RowSelection.where(scores, Score::metric, metric);
      List<String> redundant = Redundant.of(ofMetric).scores();
      for (String score : RowSelection.distinct(ofMetric, Score::score)) {
        if (redundant.contains(score)) {
          continue; // it says the same as another
        }
        List<Score> rows = RowSelection.where(ofMetric, Score::score, score);
        List<Leaders.Outcome> outcomes =
            pairs.stream()
                .filter(pair -> pair.metric().equals(metric) && pair.score().equals(score))
                .map(Leaders.Outcome::of)
                .toList();
        for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
          List<String> names =
              Sentences.byMean(rows, group.getValue()).stream().map(Score::explainer).toList();
          if (names.size() > 1) {
            all.add(
                of(
                    measure(metric, rows.get(0)),
                    Methods.name(group.getKey()),
                    Leaders.of(names, outcomes)));
          }
        }
      }
    }
  }

  private static String measure(String metric, Score score) {
    String good = score.lowerIsBetter() ? "lower" : "higher";
    return String.format(Locale.ROOT, "%s %s (%s is better)", metric, score.score(), good);
  }
}
