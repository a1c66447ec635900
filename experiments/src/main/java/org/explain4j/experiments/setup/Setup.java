package org.explain4j.experiments.setup;

import org.explain4j.api.Dataset;
import org.explain4j.api.Model;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.network.Network;

/** An experiment with its data and its network open. */
public record Setup(Experiment experiment, Dataset data, Model model, Parts parts) {

  public Network network() {
    return model.network();
  }

  /** Of the model, this runner and the framework: what every cell depends on. */
  public String base() {
    return CellHash.of(
        model.fingerprint(),
        model.preprocessing(),
        CellHash.ofCode(Setup.class),
        CellHash.ofCode(Network.class));
  }

  /** The same experiment on a shard of each split. */
  public Setup shard(Shard shard) {
    return new Setup(experiment, data, model, parts.shard(shard, experiment.batch()));
  }
}
