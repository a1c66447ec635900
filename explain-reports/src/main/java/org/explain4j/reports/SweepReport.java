package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Markdown;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Page;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.SweptRun;
import org.explain4j.reports.runs.Warning;
import org.explain4j.reports.sections.RankingSection;
import org.explain4j.reports.sections.SettingSection;

/** The report of a sweep: how the methods stand over all its runs, and how that moves. */
public final class SweepReport {
  private SweepReport() {}

  /** Whether a folder is that of a sweep, whose runs are folders in it. */
  public static boolean isSweep(Path folder) {
    return Files.exists(folder.resolve(RunTable.SETTINGS.file()));
  }

  /**
   * Writes {@code report/index.html} in the sweep's folder, completely or not at all.
   *
   * @return the page
   * @throws IOException if a file is damaged, the message names it and the line; or if the page
   *     cannot be written
   */
  public static Path write(Path folder) throws IOException {
    Path target = Report.target(folder);
    Report.write(page(folder), target);
    return target;
  }

  /**
   * The report as Markdown.
   *
   * @throws IOException as {@link #write}
   */
  public static String markdown(Path folder) throws IOException {
    return Markdown.of(page(folder));
  }

  private static Page page(Path folder) throws IOException {
    RunDirectory sweep = new RunDirectory(folder);
    List<SweptRun> runs = sweep.rows(RunTable.SETTINGS);
    List<Section> sections = new ArrayList<>();
    sections.add(summary(sweep, runs));
    RankingSection.of(sweep).ifPresent(sections::add);
    SettingSection.of(sweep).ifPresent(sections::add);
    sections.add(new Section("runs", "Runs", List.of(table(runs))));
    String name = Objects.toString(sweep.document("effective.yaml").get("name"), "Sweep");
    return new Page(name, runs.size() + " runs", sections);
  }

  private static Section summary(RunDirectory sweep, List<SweptRun> runs) throws IOException {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Question(question(runs)));
    List<String> warnings = warnings(runs).stream().map(Warning::text).toList();
    if (!warnings.isEmpty()) {
      blocks.add(new Block.Warnings(warnings));
    }
    blocks.add(new Block.Answers(answers(sweep)));
    return new Section("summary", "Answer", blocks);
  }

  /** What the sweep was asked. */
  static String question(List<SweptRun> runs) {
    return String.format(
        Locale.ROOT,
        "Which explanation is best over %d settings, %s to %s?",
        runs.size(),
        runs.get(0).setting(),
        runs.get(runs.size() - 1).setting());
  }

  /** What a reader must know first. */
  static List<Warning> warnings(List<SweptRun> runs) {
    return runs.stream()
        .filter(run -> run.failures() > 0)
        .map(
            run ->
                String.format(
                    Locale.ROOT,
                    "In %s %d parts failed; that run's report says why.",
                    run.setting(),
                    run.failures()))
        .map(text -> new Warning("failures", text))
        .toList();
  }

  /** What the tests say over all runs; at least one sentence. */
  static List<String> answers(RunDirectory sweep) throws IOException {
    List<String> answers = RankingSection.sentences(sweep);
    return answers.isEmpty()
        ? List.of("Nothing was ranked: that takes two methods of a group and three scores.")
        : answers;
  }

  private static Block table(List<SweptRun> runs) {
    List<List<String>> rows =
        runs.stream()
            .map(
                run ->
                    List.of(
                        run.setting(),
                        Numbers.percent(run.accuracy()),
                        Numbers.count(run.failures()),
                        run.folder() + "/report/index.html"))
            .toList();
    return new Block.Table(
        "The runs; each has a report of its own in its folder.",
        List.of(
            new Block.Column("setting", false),
            new Block.Column("accuracy", true),
            new Block.Column("failures", true),
            new Block.Column("report", false)),
        rows,
        false);
  }
}
