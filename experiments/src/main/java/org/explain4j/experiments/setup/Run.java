package org.explain4j.experiments.setup;

import java.util.List;
import org.explain4j.api.Dataset;
import org.explain4j.api.Extension;
import org.explain4j.api.Model;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.network.Network;

/** What every stage works with. */
public record Run(Setup setup, RunOutput output, Ledger ledger, Progress progress) {

  public Experiment experiment() {
    return setup.experiment();
  }

  public Dataset data() {
    return setup.data();
  }

  public Model model() {
    return setup.model();
  }

  public Parts parts() {
    return setup.parts();
  }

  public Network network() {
    return setup.network();
  }

  /** The model's class names if it has any, otherwise those of the data. */
  public List<String> classNames() {
    return model().classNames().isEmpty() ? data().classNames() : model().classNames();
  }

  public String base() {
    return setup.base();
  }

  /** The hash of a method's settings and its code. */
  public static String hash(Extension extension) {
    return CellHash.of(Settings.yaml(extension), CellHash.ofCode(extension.getClass()));
  }
}
