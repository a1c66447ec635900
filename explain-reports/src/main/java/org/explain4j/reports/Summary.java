package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.reports.runs.Failure;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Warning;
import org.explain4j.reports.sections.SummarySection;

/**
 * A report's answer and the numbers that it rests on, for programs.
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
    List<RhoDifference> rhoComparisons) {
  public Summary {
    answers = List.copyOf(answers);
    warnings = List.copyOf(warnings);
    failures = List.copyOf(failures);
    scores = List.copyOf(scores);
    comparisons = List.copyOf(comparisons);
    rho = List.copyOf(rho);
    rhoComparisons = List.copyOf(rhoComparisons);
  }

  /**
   * @throws IOException if a file is damaged or missing; the message names it, and the line
   */
  public static Summary of(Path runDirectory) throws IOException {
    RunDirectory run = RunDirectory.of(runDirectory);
    SummarySection section = SummarySection.in(run);
    return new Summary(
        section.question(),
        section.answers(),
        run.rows(RunTable.WARNINGS),
        run.failures(),
        run.scores(),
        run.comparisons(),
        run.signalQuality(),
        run.rows(RunTable.RHO_COMPARISONS));
  }
}
