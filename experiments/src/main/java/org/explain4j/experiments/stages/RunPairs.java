package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.explain4j.api.Group;
import org.explain4j.experiments.configuration.Comparisons;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.experiments.statistics.Judgement;
import org.explain4j.experiments.statistics.Paired;
import org.explain4j.network.numpy.NumpyStream;
import org.explain4j.reports.runs.ExplainedImage;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The same method in two runs, on the same images: whether its scores changed. */
public final class RunPairs {
  private static final int SEED = 1;

  private RunPairs() {}

  /**
   * A test of the second run's scores against the first's, for each method, metric and score that
   * both have; all are one family of questions. The second run is a, the first b.
   *
   * @return empty if the runs explain different images
   * @throws IOException if a file is damaged or missing; the message names it
   */
  public static Optional<List<PairedDifference>> of(Path first, Path second) throws IOException {
    RunDirectory before = RunDirectory.of(first);
    RunDirectory after = RunDirectory.of(second);
    if (before.images().isEmpty() || !explained(before).equals(explained(after))) {
      return Optional.empty();
    }
    List<Score> common = new ArrayList<>();
    List<Paired> pairs = new ArrayList<>();
    List<Double> margins = new ArrayList<>();
    Comparisons settings = new Comparisons();
    Bootstrap bootstrap = new Bootstrap(settings.resamples(), SEED);
    for (Score row : after.scores()) {
      String file = FileNames.values("scores", row.metric(), row.score(), row.explainer());
      if (!row.explainer().equals(Score.BASELINE)
          && Files.exists(first.resolve(file))
          && Files.exists(second.resolve(file))) {
        common.add(row);
        pairs.add(Paired.of(values(second.resolve(file)), values(first.resolve(file)), bootstrap));
        margins.add(settings.margin(row.score(), row.margin()));
      }
    }
    List<Judgement> judged = Judgement.family(pairs, margins);
    List<PairedDifference> differences = new ArrayList<>();
    for (int i = 0; i < common.size(); i++) {
      differences.add(difference(common.get(i), group(after, common.get(i)), judged.get(i)));
    }
    return Optional.of(differences);
  }

  private static List<String> explained(RunDirectory run) throws IOException {
    List<String> explained = new ArrayList<>();
    for (ExplainedImage image : run.images()) {
      explained.add(String.format(Locale.ROOT, "%s as %d", image.name(), image.explained()));
    }
    return explained;
  }

  private static Group group(RunDirectory run, Score row) throws IOException {
    return run.explainers().stream()
        .filter(method -> method.explainer().equals(row.explainer()))
        .map(ExplainerRun::group)
        .findFirst()
        .orElse(Group.ATTRIBUTION);
  }

  private static double[] values(Path file) throws IOException {
    try (INDArray values = NumpyStream.read(file)) {
      return values.toDoubleVector();
    }
  }

  private static PairedDifference difference(Score row, Group group, Judgement judgement) {
    Paired paired = judgement.paired();
    return new PairedDifference(
        row.metric(),
        row.score(),
        group,
        row.explainer(),
        row.explainer(),
        judgement.test(paired.effect().orElse(Double.NaN)),
        Optional.of(judgement.verdict()),
        judgement.better(row.lowerIsBetter()).map(now -> now ? "better now" : "better before"),
        paired.difference().n(),
        OptionalLong.of(paired.difference().missing()));
  }
}
