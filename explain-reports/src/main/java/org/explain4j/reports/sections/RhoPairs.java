package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.RhoDifference;

/** Pairs of estimators of each layer, on the same neurons and images. */
final class RhoPairs {
  private RhoPairs() {}

  /** The table; empty if the run has no such pairs. */
  static List<Block> of(List<RhoDifference> pairs, String target, String solver) {
    List<TestTable.Row> rows = new ArrayList<>();
    for (RhoDifference pair : pairs) {
      if (pair.target().equals(target) && pair.solver().equals(solver)) {
        List<String> words =
            List.of(pair.layer(), pair.estimatorA(), pair.estimatorB(), pair.words());
        String band = Numbers.decimals(pair.test().band());
        rows.add(new TestTable.Row(words, band, pair.test(), pair.compared()));
      }
    }
    return rows.isEmpty() ? List.of() : List.of(table(rows));
  }

  private static Block table(List<TestTable.Row> rows) {
    return new TestTable(List.of("layer", "a", "b", "verdict"), "a − b", "neurons")
        .of(
            "Pairs of estimators on the same neurons and the same resamples of split C's images."
                + " better: p from the resamples, Holm-adjusted for all pairs of the layer, is below"
                + " .05; tie: the 90 % interval of the difference lies inside the margin; otherwise"
                + " undecided. In brackets: the bootstrap 95 % interval; effect: matched rank-biserial"
                + " correlation over the neurons, positive where a's ρ is larger.",
            rows);
  }
}
