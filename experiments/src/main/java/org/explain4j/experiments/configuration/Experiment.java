package org.explain4j.experiments.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.Precision;

/**
 * An experiment file. What it leaves out has the value it has in {@link #Experiment()}; a part that
 * is absent or empty is not run.
 *
 * @param name names the run directory
 * @param seed at least 1; used for the splits, the choice of images and patches, and the bootstrap;
 *     methods have seeds of their own
 * @param dataset labelled examples, from which all three splits are drawn
 * @param model the network that is explained
 * @param splits the three disjoint parts of the data
 * @param estimators of the signal, whose patterns are computed and whose rho is measured
 * @param signalQuality rho, not measured if it is absent
 * @param explain which images and which class are explained
 * @param explainers methods that explain the images
 * @param metrics that compare the explainers
 * @param budget what a metric may cost
 * @param metaEvaluation which metrics deserve belief, not asked if it is absent
 * @param comparisons how methods and estimators are compared
 * @param report what the report shows
 * @param signalRecovery the linear toy of Fig. 2, not run if it is absent
 * @param claims which of the paper's claims hold; not asked if it is absent
 * @param matrix settings that are swept, each with its values: every combination is a run of its
 *     own, and results that two runs would share are computed once
 * @param batch examples that go through the network at a time, which bounds memory
 * @param memory for arrays while moments are collected, which decides how many layers share a pass
 *     over the data; the launcher's limit if not given
 * @param checkpoint how often a pass over the data saves what it has
 * @param cellTimeout how long a cell of work may take (one method, one metric of one method, one
 *     pass over the data) before it fails; as long as it likes if not given
 * @param precision how float32 convolutions are computed; {@code fast} is about twice as fast on
 *     networks of 3x3 convolutions, with up to three times the rounding; on constant areas of
 *     images rounding then decides which of equal maxima a pooling takes, so attributions change
 */
public record Experiment(
    String name,
    long seed,
    Optional<DatasetProvider> dataset,
    Optional<ModelProvider> model,
    Splits splits,
    List<Configured<SignalEstimator>> estimators,
    Optional<SignalQualitySettings> signalQuality,
    Explain explain,
    List<Configured<Explainer>> explainers,
    List<Configured<Metric>> metrics,
    MetricBudget budget,
    Optional<MetaEvaluation> metaEvaluation,
    Comparisons comparisons,
    ReportSettings report,
    Optional<SignalRecovery> signalRecovery,
    Optional<ClaimSettings> claims,
    Map<String, List<String>> matrix,
    int batch,
    Optional<Memory> memory,
    TimeSpan checkpoint,
    Optional<TimeSpan> cellTimeout,
    Precision precision) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");

  public Experiment() {
    this(
        "experiment",
        1,
        Optional.empty(),
        Optional.empty(),
        new Splits(),
        List.of(),
        Optional.empty(),
        new Explain(),
        List.of(),
        List.of(),
        new MetricBudget(),
        Optional.empty(),
        new Comparisons(),
        new ReportSettings(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        100,
        Optional.empty(),
        new TimeSpan(300),
        Optional.empty(),
        Precision.EXACT);
  }

  public Experiment {
    Checks.atLeast("seed", seed, 1);
    Checks.atLeast("batch", batch, 1);
    Combination.of(matrix); // which refuses what is none
    cellTimeout.ifPresent(limit -> Checks.atLeast("cell-timeout", limit.seconds(), 1));
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The name '%s' cannot name a folder.\nMaybe use letters, digits, '-', '_' and '.' only."
              .formatted(name));
    }
  }

  /** The memory that passes over the data are planned for. */
  public Memory memoryBudget() {
    return memory.orElseGet(Memory::limit);
  }

  /** Whether there is a network to measure, and not the linear toy alone. */
  public boolean hasNetwork() {
    return model.isPresent();
  }
}
