package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.api.KebabCase;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.LayerMap;
import org.explain4j.reports.runs.MetricRank;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.StageTime;

/** Tables that list what a run has, without numbers of their own. */
record TwinListings(RunDirectory run) {
  /** Of the network that is shipped. */
  private static final long CONVOLUTIONS = 4;

  /** Of a run with signal quality and a metric. */
  private static final long STAGES = 10;

  /**
   * @param given explainers by estimator, as the experiment has them
   */
  String estimatorMaps(Map<String, String> given) throws IOException {
    TwinTable<EstimatorMap> maps = new TwinTable<>(run, RunTable.ESTIMATOR_MAPS);
    for (EstimatorMap row : maps.rows()) {
      maps.check(
          row, Map.of("estimator", row.estimator(), "explainer", given.get(row.estimator())));
    }
    return maps.finish(given.size());
  }

  String layerMaps() throws IOException {
    TwinTable<LayerMap> layers = new TwinTable<>(run, RunTable.LAYER_MAPS);
    for (LayerMap row : layers.rows()) {
      String file = "layers/" + row.explainer() + "/" + row.node() + ".npy";
      layers.check(row, Map.of("explainer", row.explainer(), "node", row.node(), "file", file));
      assertThat(run.array(file).shape().subList(0, 2)).containsExactly(1L, 1L);
    }
    long shown =
        run.explainers().stream()
            .map(ExplainerRun::id)
            .filter(Set.of("pattern-net", "pattern-attribution")::contains)
            .distinct()
            .count();
    return layers.finish(shown * CONVOLUTIONS);
  }

  String timings() throws IOException {
    TwinTable<StageTime> times = new TwinTable<>(run, RunTable.TIMINGS);
    for (StageTime row : times.rows()) {
      times.check(row, Map.of("stage", row.stage()));
    }
    return times.finish(STAGES);
  }

  /** Places by the first score of each metric, from the means of {@code scores.csv}. */
  String ranks() throws IOException {
    TwinTable<MetricRank> ranks = new TwinTable<>(run, RunTable.RANKS);
    Map<String, ExplainerRun> methods = new HashMap<>();
    run.explainers().forEach(method -> methods.put(method.explainer(), method));
    Map<String, String> first = new HashMap<>();
    run.scores().forEach(score -> first.putIfAbsent(score.metric(), score.score()));
    for (MetricRank row : ranks.rows()) {
      Score own = null;
      List<Score> group = new ArrayList<>();
      for (Score score : run.scores()) {
        ExplainerRun method = methods.get(score.explainer());
        if (method != null
            && method.group() == methods.get(row.explainer()).group()
            && score.metric().equals(row.metric())
            && score.score().equals(first.get(row.metric()))) {
          group.add(score);
          own = score.explainer().equals(row.explainer()) ? score : own;
        }
      }
      double rank = 0.5;
      for (Score other : group) {
        int order = Double.compare(digits(other), digits(own));
        boolean better = own.lowerIsBetter() ? order < 0 : order > 0;
        rank += order == 0 ? 0.5 : better ? 1 : 0;
      }
      ranks.check(
          row,
          Map.of(
              "setting", "",
              "metric", row.metric(),
              "family", own.family(),
              "score", own.score(),
              "group", KebabCase.of(methods.get(row.explainer()).group()),
              "explainer", row.explainer(),
              "rank", rank,
              "methods", group.size()));
    }
    Map<Group, Long> groups =
        run.explainers().stream()
            .collect(Collectors.groupingBy(ExplainerRun::group, Collectors.counting()));
    return ranks.finish(
        first.size() * groups.values().stream().filter(count -> count > 1).mapToLong(n -> n).sum());
  }

  /** Means that agree in six digits are equal. */
  private static double digits(Score score) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.5e", score.band().mean()));
  }
}
