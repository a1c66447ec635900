package org.explain4j.experiments.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.network.Network;

/**
 * Opens an experiment's data and network.
 *
 * @param base the folder that relative paths in settings start from
 * @param cache a folder for what is expensive to make again, such as trained networks
 */
public record Opening(Experiment experiment, Path base, Path cache, Progress progress) {

  /**
   * Data and network; the network is trained first if necessary.
   *
   * @throws ConfigurationException with every problem, if they do not fit
   * @throws IOException if data or network cannot be read
   */
  public Setup open() throws IOException {
    Dataset data = data();
    if (!isReady(data)) {
      Fit.requireFits(experiment, data);
    }
    return open(data);
  }

  /**
   * Likewise, but nothing is trained: empty if the network does not exist yet.
   *
   * @throws ConfigurationException as {@link #open}
   * @throws IOException as {@link #open}
   */
  public Optional<Setup> openIfReady() throws IOException {
    Dataset data = data();
    if (isReady(data)) {
      return Optional.of(open(data));
    }
    Fit.requireFits(experiment, data);
    return Optional.empty();
  }

  /**
   * The network alone, in arrays of its own.
   *
   * @throws IOException if data or network cannot be read
   */
  public Network network() throws IOException {
    return experiment.model().orElseThrow().provide(request(data())).network();
  }

  private Dataset data() throws IOException {
    progress.begin("reading the data", 0, "");
    DatasetProvider provider = experiment.dataset().orElseThrow();
    return Returned.from(provider, () -> provider.open(base));
  }

  private boolean isReady(Dataset data) {
    return experiment.model().orElseThrow().isReady(request(data));
  }

  private Setup open(Dataset opened) throws IOException {
    progress.begin("reading the network", 0, "");
    ModelProvider provider = experiment.model().orElseThrow();
    Model model = Returned.from(provider, () -> provider.provide(request(opened)));
    progress.begin("checking that data, network and methods fit", 0, "");
    return setup(experiment, opened, model);
  }

  /**
   * An experiment with data and network that are open.
   *
   * @throws ConfigurationException with every problem, if they do not fit
   */
  public static Setup setup(Experiment experiment, Dataset opened, Model model) {
    Suitability suitability = Suitability.of(experiment, model.network());
    Dataset data = Fit.require(experiment, opened, model, suitability);
    List<String> notes = new ArrayList<>(model.notes());
    notes.add("Preprocessing: " + model.preprocessing().text() + ".");
    notes.addAll(suitability.notes());
    return new Setup(
        experiment,
        data,
        new Model(
            model.network().with(experiment.precision()),
            model.preprocessing(),
            model.classNames(),
            model.fingerprint(),
            notes),
        Parts.of(data, experiment.splits(), experiment.seed()));
  }

  private ModelProvider.Request request(Dataset data) {
    return new ModelProvider.Request(data, base, cache, progress);
  }
}
