package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Shade;
import org.explain4j.reports.runs.MetricRank;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** How the ranks of methods move with the settings of a sweep. */
public final class SettingSection {
  private SettingSection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory sweep) throws IOException {
    Methods methods = Methods.of(sweep);
    List<MetricRank> all = sweep.rows(RunTable.RANKS);
    List<Block> blocks = new ArrayList<>();
    for (Group group : Group.values()) {
      List<MetricRank> ranks = RowSelection.where(all, MetricRank::group, group);
      if (!ranks.isEmpty()) {
        blocks.add(new Block.Heading(Methods.name(group)));
        List<String> labels = methods.groups().get(group);
        List<Block.Tab> tabs = new ArrayList<>();
        tabs.add(tab("all metrics", "mean rank over the metrics", labels, ranks));
        for (String metric : RowSelection.distinct(ranks, MetricRank::metric)) {
          List<MetricRank> own = RowSelection.where(ranks, MetricRank::metric, metric);
          tabs.add(tab(metric, metric + ", " + own.get(0).score() + ": rank", labels, own));
        }
        blocks.add(new Block.Tabs("moves-" + Methods.name(group), tabs));
      }
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("settings", "How the ranking moves", blocks));
  }

  private static Block.Tab tab(
      String title, String what, List<String> methods, List<MetricRank> ranks) {
    List<String> settings = RowSelection.distinct(ranks, MetricRank::setting);
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("method", false));
    long most = ranks.stream().mapToLong(MetricRank::methods).max().orElse(1);
    settings.forEach(setting -> columns.add(new Block.Column(setting, true, new Shade(most, 1))));
    List<List<String>> rows = new ArrayList<>();
    for (String method : methods) {
      List<String> cells = new ArrayList<>(List.of(method));
      for (String setting : settings) {
        cells.add(
            RankingSection.mean(
                ranks.stream()
                    .filter(row -> row.setting().equals(setting))
                    .filter(row -> row.explainer().equals(method))));
      }
      if (cells.stream().skip(1).anyMatch(cell -> !cell.equals(Numbers.MISSING))) {
        rows.add(cells);
      }
    }
    String caption =
        String.format(
            Locale.ROOT,
            "%s of each method in each setting, 1 the best of its group; the stronger a cell's"
                + " colour, the better.",
            what);
    return new Block.Tab(title, List.of(new Block.Table(caption, columns, rows, false)));
  }
}
