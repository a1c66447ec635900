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
record Run(
    Experiment experiment,
    Dataset data,
    Model model,
    Parts parts,
    RunDirectory directory,
    Ledger ledger,
    Progress progress) {

  Network network() {
    return model.network();
  }

  /** Of the model where it knows them, else of the data. */
  java.util.List<String> classNames() {
    return model.classNames().isEmpty() ? data.classNames() : model.classNames();
  }

  /** Of the model, this runner and the framework: what every cell depends on. */
  String base() {
    return Fingerprint.of(
        model.fingerprint(),
        model.preprocessing(),
        Fingerprint.ofCode(Run.class),
        Fingerprint.ofCode(Network.class));
  }

  /** Of a method's settings and its code. */
  static String hash(org.explain4j.api.Extension extension) {
    return Fingerprint.of(Settings.yaml(extension), Fingerprint.ofCode(extension.getClass()));
  }
}
