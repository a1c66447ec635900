package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.reports.runs.Failure;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RankingTest;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.SweptRun;
import org.explain4j.reports.runs.Warning;
import org.explain4j.reports.sections.SummarySection;

/**
 * A report's answer and the numbers that it rests on, for programs; of a sweep, those over all its
 * runs.
 *
 * @param question what the run was asked
 * @param answers the report's sentences
 * @param failures what failed while the rest went on
 */
public record Summary(
    String question,
    List<String> answers,
    List<Warning> warnings,
    List<Failure> failures,
    List<Score> scores,
    List<PairedDifference> comparisons,
    List<LayerRho> rho,
    List<RhoDifference> rhoComparisons,
    List<MeanRank> rankings,
    List<RankingTest> rankingTests) {
  public Summary {
    answers = List.copyOf(answers);
    warnings = List.copyOf(warnings);
    failures = List.copyOf(failures);
    scores = List.copyOf(scores);
    comparisons = List.copyOf(comparisons);
    rho = List.copyOf(rho);
    rhoComparisons = List.copyOf(rhoComparisons);
    rankings = List.copyOf(rankings);
    rankingTests = List.copyOf(rankingTests);
  }

  /**
   * @throws IOException if a file is damaged or missing; the message names it, and the line
   */
  public static Summary of(Path runDirectory) throws IOException {
    if (SweepReport.isSweep(runDirectory)) {
      RunDirectory sweep = new RunDirectory(runDirectory);
      List<SweptRun> runs = sweep.rows(RunTable.SETTINGS);
      return of(
          sweep,
          SweepReport.question(runs),
          SweepReport.answers(sweep),
          SweepReport.warnings(runs));
    }
    RunDirectory run = RunDirectory.of(runDirectory);
    SummarySection section = SummarySection.in(run);
    return of(run, section.question(), section.answers(), run.rows(RunTable.WARNINGS));
  }

  private static Summary of(
      RunDirectory run, String question, List<String> answers, List<Warning> warnings)
      throws IOException {
    return new Summary(
        question,
        answers,
        warnings,
        run.failures(),
        run.scores(),
        run.comparisons(),
        run.signalQuality(),
        run.rows(RunTable.RHO_COMPARISONS),
        run.rows(RunTable.RANKINGS),
        run.rows(RunTable.RANKING_TESTS));
  }
}
