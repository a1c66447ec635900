package org.explain4j.experiments.setup;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Model;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.network.Network;
import org.nd4j.linalg.factory.Nd4j;

/** An experiment with its data and its network open. */
public record Setup(Experiment experiment, Dataset data, Model model, Parts parts) {

  /** What readers skipped, mapped or assumed, one per line, for people. */
  public String said() {
    return Stream.of(data.notes(), model.notes(), device())
        .flatMap(List::stream)
        .map(note -> "note: " + note + "\n")
        .collect(Collectors.joining());
  }

  private static List<String> device() {
    return Nd4j.getEnvironment().isCPU()
        ? List.of()
        : List.of(
            "ND4J's operations, such as convolutions and products, run on the GPU; Explain4J's own"
                + " kernels and factorisations run on the CPU, and what they read is copied.");
  }

  public Network network() {
    return model.network();
  }

  /**
   * The hash of the model and how it is computed, this runner and the framework, on which every
   * cell depends.
   */
  public String base() {
    return CellHash.of(
        model.fingerprint(),
        model.preprocessing(),
        experiment.precision(),
        CellHash.ofCode(Setup.class),
        CellHash.ofCode(Network.class));
  }

  /** The same experiment on a shard of each split. */
  public Setup shard(Shard shard) {
    return new Setup(experiment, data, model, parts.shard(shard, experiment.batch()));
  }
}
