package org.explain4j.experiments.recovery;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.MathArrays;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Progress;
import org.explain4j.api.Subject;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.configuration.SignalRecovery;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.moments.PatchSampling;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RecoveryWeights;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains the regression under each noise and asks every method for the signal: a function or signal
 * method should show a_s, an attribution method w * s. The cosine is the mean over samples of its
 * absolute value.
 */
public final class RecoveryStage {
  private static final String NAME = "signal-recovery";

  private static final String DIMENSIONS = "dimensions";

  private final SignalRecovery settings;
  private final Experiment experiment;
  private final Ledger ledger;
  private final Progress progress;
  private final int steps;
  private int done;

  public RecoveryStage(
      SignalRecovery settings, Experiment experiment, Ledger ledger, Progress progress) {
    this.settings = settings;
    this.experiment = experiment;
    this.ledger = ledger;
    this.progress = progress;
    this.steps =
        settings.angles().size()
            + settings.means().size()
            + settings.noiseLevels().size()
            + settings.dimensions().size();
  }

  /**
   * One noise.
   *
   * @param noise {@code distractor}, {@code mean} (that of the distractor), {@code isotropic} or
   *     {@code dimensions}
   * @param place the angle in degrees, the mean of e, the level of isotropic noise, or the number
   *     of dimensions
   * @param directions of the distractors: a_d, or the distractors of more dimensions
   */
  private record Condition(
      String noise, double place, List<double[]> directions, ToyData data, boolean judged) {

    /** The direction in which x moves with y. */
    double[] signal() {
      double[] signal = new double[data.x()[0].length];
      signal[0] = 1;
      return signal;
    }
  }

  public void run() {
    progress.begin(NAME, steps, "conditions");
    for (double angle : settings.angles()) {
      List<double[]> direction = direction(angle);
      ToyData data = ToyData.distractors(settings, direction, 0, experiment.seed());
      measure(
          new Condition("distractor", angle, direction, data, angle == settings.verdictAngle()));
    }
    for (double mean : settings.means()) {
      List<double[]> direction = direction(settings.verdictAngle());
      ToyData data = ToyData.distractors(settings, direction, mean, experiment.seed());
      measure(new Condition("mean", mean, direction, data, true));
    }
    for (double level : settings.noiseLevels()) {
      ToyData data = ToyData.isotropic(settings, level, experiment.seed());
      measure(new Condition("isotropic", level, List.of(), data, false));
    }
    for (int dimensions : settings.dimensions()) {
      List<double[]> directions = directions(dimensions);
      ToyData data = ToyData.distractors(settings, directions, 0, experiment.seed());
      measure(new Condition(DIMENSIONS, dimensions, directions, data, true));
    }
    progress.step(NAME, steps, steps, "");
  }

  /** a_d, of length sqrt(2). */
  private static List<double[]> direction(double angle) {
    double radians = Math.toRadians(angle);
    return List.of(
        new double[] {Math.sqrt(2) * Math.cos(radians), Math.sqrt(2) * Math.sin(radians)});
  }

  /** One distractor less than there are dimensions, of length 1 in random directions. */
  private List<double[]> directions(int dimensions) {
    SplittableRandom random = new SplittableRandom(experiment.seed());
    return IntStream.range(1, dimensions)
        .mapToObj(
            j -> {
              double[] direction = new double[dimensions];
              Arrays.setAll(direction, k -> random.nextGaussian());
              double length = MathArrays.safeNorm(direction);
              return MathArrays.scale(1 / length, direction);
            })
        .toList();
  }

  private void measure(Condition condition) {
    progress.step(NAME, done++, steps, condition.noise() + " " + condition.place());
    String name = condition.noise() + " " + condition.place();
    String hash =
        CellHash.of(
            NAME,
            name,
            Settings.yaml(settings),
            experiment.seed(),
            CellHash.ofCode(RecoveryStage.class),
            CellHash.ofCode(Network.class));
    Network network = condition.data().regression();
    if (!condition.noise().equals(DIMENSIONS)) {
      ledger.cell(NAME, name, hash, cell -> weights(cell, condition, network));
    }
    NetworkMoments moments =
        NetworkMoments.collect(
            network,
            List.of(condition.data().inputs(settings.samples())),
            PatchSampling.all(),
            false);
    for (Configured<Explainer> explainer : experiment.explainers()) {
      ledger.cell(
          NAME,
          name + " " + explainer.label(),
          CellHash.of(
              hash,
              explainer.label(),
              Settings.yaml(explainer.extension()),
              CellHash.ofCode(explainer.extension().getClass())),
          cell -> judge(cell, condition, moments, explainer));
    }
  }

  private static void weights(Cell cell, Condition condition, Network network) {
    double[] w = weights(network);
    double[] a = condition.signal();
    double[] d = condition.directions().isEmpty() ? new double[2] : condition.directions().get(0);
    cell.row(
        RunTable.SIGNAL_RECOVERY_WEIGHTS,
        new RecoveryWeights(
            condition.noise(), condition.place(), w[0], w[1], a[0], a[1], d[0], d[1]));
  }

  private void judge(
      Cell cell, Condition condition, NetworkMoments moments, Configured<Explainer> explainer) {
    Network network = moments.network();
    Group group = explainer.extension().group();
    try (INDArray inputs = condition.data().inputs(settings.explained());
        INDArray shown =
            explainer
                .extension()
                .bind(
                    new Subject(
                        network,
                        Subject.of(network, moments).patterns(),
                        () -> condition.data().inputs(settings.explained())))
                .attribute(inputs, new int[settings.explained()])) {
      double cosine = cosine(shown, expected(group, condition, network));
      cell.row(
          RunTable.SIGNAL_RECOVERY,
          new RecoveredSignal(
              condition.noise(),
              condition.place(),
              explainer.label(),
              group,
              cosine,
              verdict(condition, cosine)));
    }
  }

  private String verdict(Condition condition, double cosine) {
    if (!condition.judged()) {
      return "";
    }
    return cosine > settings.threshold() ? "PASS" : "FAIL";
  }

  /** a_s, or for attributions the direction of w * s. */
  private static double[] expected(Group group, Condition condition, Network network) {
    double[] signal = condition.signal();
    return group == Group.ATTRIBUTION ? MathArrays.ebeMultiply(weights(network), signal) : signal;
  }

  private static double[] weights(Network network) {
    return ((LinearLayer) network.output().layer()).weights().toDoubleMatrix()[0];
  }

  /** Mean over rows of |cos|; a row of zeros shows nothing and counts as 0. */
  private static double cosine(INDArray rows, double[] direction) {
    return Arrays.stream(rows.toDoubleMatrix())
        .mapToDouble(row -> Math.abs(cosine(row, direction)))
        .average()
        .orElseThrow();
  }

  private static double cosine(double[] a, double[] b) {
    double lengths = MathArrays.safeNorm(a) * MathArrays.safeNorm(b);
    return lengths == 0 ? 0 : MathArrays.linearCombination(a, b) / lengths;
  }
}
