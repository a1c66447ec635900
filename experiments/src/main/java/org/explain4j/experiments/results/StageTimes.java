package org.explain4j.experiments.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.reports.runs.StageTime;

/** What the cells of each stage took, in the session that did them. */
final class StageTimes {
  private final Map<String, StageTime> times = new LinkedHashMap<>();

  /**
   * @param reused whether an earlier session did the cell
   */
  void add(String stage, double seconds, boolean reused) {
    times.merge(
        stage,
        new StageTime(stage, seconds, reused),
        (a, b) -> new StageTime(stage, a.seconds() + b.seconds(), a.reused() && b.reused()));
  }

  /** In the order of the stages, to milliseconds. */
  List<StageTime> rows() {
    return times.values().stream()
        .map(t -> new StageTime(t.stage(), Math.round(t.seconds() * 1000) / 1000.0, t.reused()))
        .toList();
  }
}
