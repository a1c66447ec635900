package org.explain4j.experiments.stages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.experiments.results.Environment;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Run;
import org.explain4j.reports.runs.Accuracy;
import org.explain4j.reports.runs.RunTable;

/** What a run is based on, for {@code environment.json}. */
record Provenance(Run run) {

  void describe(Environment environment) {
    environment.describe(data(), splits(), model());
  }

  private Environment.DataSource data() {
    return new Environment.DataSource(
        run.data().name(), run.data().fingerprint(), run.classNames(), run.data().notes());
  }

  private Map<String, Environment.SplitSource> splits() {
    Map<String, Environment.SplitSource> splits = new LinkedHashMap<>();
    splits.put("A", source(run.parts().a()));
    splits.put("B", source(run.parts().b()));
    splits.put("C", source(run.parts().c()));
    return splits;
  }

  private static Environment.SplitSource source(Part part) {
    return new Environment.SplitSource(part.size(), part.hash());
  }

  private Environment.ModelSource model() {
    List<Accuracy> accuracy = run.ledger().rows(RunTable.ACCURACY);
    return new Environment.ModelSource(
        run.experiment().model().orElseThrow().id(),
        run.model().fingerprint(),
        run.network().parameters(),
        accuracy.isEmpty() ? null : accuracy.get(0).share(),
        run.model().notes());
  }
}
