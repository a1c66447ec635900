package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.CellName;
import org.explain4j.experiments.results.Forecast;

/** Which cells of an experiment can be shared out, and which others they need. */
public record SharedCells(Experiment experiment, Forecast forecast) {

  /** What comes first, in one place: which images are explained, and merged moments. */
  public List<CellName> first() {
    return missing(cell -> isOfImages(cell) || cell.stage().equals(SplitMoments.STAGE));
  }

  /** What every explanation and every score needs: those images, and what patterns are made of. */
  public List<CellName> common() {
    boolean patterns = SplitMoments.explainsByPatterns(experiment);
    return forecast.finished().stream()
        .filter(cell -> isOfImages(cell) || (patterns && SplitMoments.isOfA(cell)))
        .toList();
  }

  private static boolean isOfImages(CellName cell) {
    return cell.stage().equals(ImageStage.NAME);
  }

  /** Whether moments are still to be collected; not where they are all that is missing. */
  public boolean needsMoments() {
    List<CellName> moments = missing(cell -> cell.stage().equals(SplitMoments.STAGE));
    return !moments.isEmpty() && moments.size() < forecast.missing().size();
  }

  /** The explanations that are still to be made, one cell for each method. */
  public List<CellName> explanations() {
    return missing(cell -> cell.stage().equals(AttributionStage.NAME));
  }

  /** A method's explanations. */
  public static CellName explanations(String explainer) {
    return new CellName(AttributionStage.NAME, explainer);
  }

  /** The scores that are still to be computed, by the method that they are of; "" for baselines. */
  public Map<String, List<CellName>> scores() {
    Map<String, String> judged = new HashMap<>();
    for (Configured<Metric> metric : experiment.metrics()) {
      for (Configured<Explainer> explainer : experiment.explainers()) {
        judged.put(MetricStage.cell(metric, explainer.label()), explainer.label());
      }
    }
    Map<String, List<CellName>> scores = new LinkedHashMap<>();
    for (CellName cell : missing(cell -> cell.stage().equals(MetricStage.NAME))) {
      String explainer = judged.getOrDefault(cell.name(), "");
      scores.computeIfAbsent(explainer, none -> new ArrayList<>()).add(cell);
    }
    return scores;
  }

  private List<CellName> missing(Predicate<CellName> wanted) {
    return forecast.missing().stream().filter(wanted).toList();
  }
}
