package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.LayerMap;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.StageTime;

/** Tables that list what a run has, without numbers of their own. */
record TwinListings(RunDirectory run) {

  /**
   * @param given explainers by estimator, as the experiment has them
   */
  String estimatorMaps(Map<String, String> given) throws IOException {
    TwinTable<EstimatorMap> maps = new TwinTable<>(run, RunTable.ESTIMATOR_MAPS);
    for (EstimatorMap row : maps.rows()) {
      maps.check(
          row, Map.of("estimator", row.estimator(), "explainer", given.get(row.estimator())));
    }
    return maps.finish();
  }

  String layerMaps() throws IOException {
    TwinTable<LayerMap> layers = new TwinTable<>(run, RunTable.LAYER_MAPS);
    for (LayerMap row : layers.rows()) {
      String file = "layers/" + row.explainer() + "/" + row.node() + ".npy";
      layers.check(row, Map.of("explainer", row.explainer(), "node", row.node(), "file", file));
      assertThat(run.array(file).shape().subList(0, 2)).containsExactly(1L, 1L);
    }
    return layers.finish();
  }

  String timings() throws IOException {
    TwinTable<StageTime> times = new TwinTable<>(run, RunTable.TIMINGS);
    for (StageTime row : times.rows()) {
      times.check(row, Map.of("stage", row.stage()));
    }
    return times.finish();
  }
}
