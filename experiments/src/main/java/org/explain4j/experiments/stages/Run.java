package org.explain4j.experiments.stages;

import org.explain4j.api.Dataset;
import org.explain4j.api.Model;
import org.explain4j.api.Progress;
import org.explain4j.api.network.Network;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.results.Fingerprint;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunDirectory;

/** What every stage works with. */
record Run(Setup setup, RunDirectory directory, Ledger ledger, Progress progress) {

  Experiment experiment() {
    return setup.experiment();
  }

  Dataset data() {
    return setup.data();
  }

  Model model() {
    return setup.model();
  }

  Parts parts() {
    return setup.parts();
  }

  Network network() {
    return setup.network();
  }

  /** Of the model where it knows them, else of the data. */
  java.util.List<String> classNames() {
    return model().classNames().isEmpty() ? data().classNames() : model().classNames();
  }

  String base() {
    return setup.base();
  }

  /** Of a method's settings and its code. */
  static String hash(org.explain4j.api.Extension extension) {
    return Fingerprint.of(Settings.yaml(extension), Fingerprint.ofCode(extension.getClass()));
  }
}
