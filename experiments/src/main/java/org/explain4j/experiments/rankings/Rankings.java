package org.explain4j.experiments.rankings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Group;
import org.explain4j.reports.runs.RunTable;

/**
 * The tables of a ranking: every group of methods over the same metrics.
 *
 * @param groups labels of each group's methods, in the order of tables
 * @param resamples of the images, for the intervals
 * @param seed at least 1
 */
public record Rankings(Map<Group, List<String>> groups, int resamples, long seed) {

  /** Receives the rows of each table. */
  public interface Tables {
    <R extends Record> void write(RunTable<R> table, List<R> rows);
  }

  /** Ranks the methods by what some metrics say of them. */
  public void of(List<Judged> metrics, Tables tables) {
    List<Ranking> all = new ArrayList<>();
    groups.forEach((group, methods) -> all.add(new Ranking(group, methods, metrics)));
    List<Ranking> possible = all.stream().filter(Ranking::isPossible).toList();
    tables.write(RunTable.RANKS, all.stream().flatMap(r -> r.ranks().stream()).toList());
    tables.write(
        RunTable.METRIC_AGREEMENT, all.stream().flatMap(r -> r.agreement().stream()).toList());
    tables.write(RunTable.RANKING_TESTS, possible.stream().map(Ranking::test).toList());
    tables.write(
        RunTable.RANKINGS,
        possible.stream().flatMap(r -> r.means(resamples, seed).stream()).toList());
  }
}
