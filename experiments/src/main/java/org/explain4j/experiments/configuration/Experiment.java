package org.explain4j.experiments.configuration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.SignalEstimator;

/**
 * An experiment file. What it leaves out has the value it has in {@link #Experiment()}; a part that
 * is absent or empty is not run.
 *
 * @param name names the run directory
 * @param seed at least 1; used for the splits, the choice of images and patches, and the bootstrap;
 *     methods have seeds of their own
 * @param claims which of the paper's claims hold; not asked if it is absent
 * @param batch examples that go through the network at a time, which bounds memory
 * @param memory for arrays while moments are collected, which decides how many layers share a pass
 *     over the data; the launcher's limit if not given
 * @param checkpoint how often a pass over the data saves what it has
 * @param cellTimeout how long a cell of work may take (one method, one metric of one method, one
 *     pass over the data) before it fails; as long as it likes if not given
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
    Comparisons comparisons,
    ReportSettings report,
    Optional<SignalRecovery> signalRecovery,
    Optional<ClaimSettings> claims,
    int batch,
    Optional<Memory> memory,
    TimeSpan checkpoint,
    Optional<TimeSpan> cellTimeout) {
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
        new Comparisons(),
        new ReportSettings(),
        Optional.empty(),
        Optional.empty(),
        100,
        Optional.empty(),
        new TimeSpan(300),
        Optional.empty());
  }

  public Experiment {
    Checks.atLeast("seed", seed, 1);
    Checks.atLeast("batch", batch, 1);
    cellTimeout.ifPresent(limit -> Checks.atLeast("cell-timeout", limit.seconds(), 1));
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The name '%s' cannot name a folder.\nMaybe use letters, digits, '-', '_' and '.' only."
              .formatted(name));
    }
  }

  /** The memory that passes over the data are planned for. */
  public Memory budget() {
    return memory.orElseGet(Memory::limit);
  }

  /** Whether there is a network to measure, and not the linear toy alone. */
  public boolean hasNetwork() {
    return model.isPresent();
  }
}
