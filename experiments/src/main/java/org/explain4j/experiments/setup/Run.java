package org.explain4j.experiments.setup;

import org.explain4j.api.Dataset;
import org.explain4j.api.Model;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.results.Fingerprint;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunDirectory;
import org.explain4j.network.Network;

/** What every stage works with. */
public record Run(Setup setup, RunDirectory directory, Ledger ledger, Progress progress) {

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

  /** Of the model where it knows them, else of the data. */
  public java.util.List<String> classNames() {
    return model().classNames().isEmpty() ? data().classNames() : model().classNames();
  }

  public String base() {
    return setup.base();
  }

  /** Of a method's settings and its code. */
  public static String hash(org.explain4j.api.Extension extension) {
    return Fingerprint.of(Settings.yaml(extension), Fingerprint.ofCode(extension.getClass()));
  }
}
