package org.explain4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkFiles;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.stages.Place;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.experiments.stages.SharedRun;
import org.explain4j.network.arrays.Workers;

/**
 * An experiment that is open on an executor: data and network once, for all tasks there.
 *
 * @param folder for what is fetched; Spark deletes it when the executor ends
 */
record OpenExperiment(Path folder, SharedRun run, Setup setup) {
  private static final Map<String, OpenExperiment> OPEN = new HashMap<>();

  /**
   * Opens an experiment, or finds it open.
   *
   * @throws org.explain4j.experiments.configuration.ConfigurationException if it does not fit here
   * @throws IOException if data or network cannot be read here
   */
  static OpenExperiment of(ShippedExperiment sent) throws IOException {
    synchronized (OPEN) {
      OpenExperiment open = OPEN.get(sent.id());
      if (open == null) {
        open = open(sent);
        OPEN.clear(); // the experiment of an earlier job
        OPEN.put(sent.id(), open);
      }
      return open;
    }
  }

  private static OpenExperiment open(ShippedExperiment sent) throws IOException {
    Path root = Path.of(SparkFiles.getRootDirectory()).toAbsolutePath(); // "." on executors
    Path folder = Files.createTempDirectory(root, "explain4j-");
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(file, sent.yaml());
    List<String> settings = new ArrayList<>(sent.settings());
    for (ShippedExperiment.Shipped shipped : sent.files()) {
      Path place = folder.resolve("files").resolve(shipped.setting());
      shipped.files().unpack(place);
      settings.add(shipped.setting() + "=" + quoted(place.resolve(shipped.name())));
    }
    for (ShippedExperiment.Remote remote : sent.remote()) {
      Path place =
          RemoteData.fetch(remote.uri(), folder.resolve("data"), SparkHadoopUtil.get().conf());
      settings.add(remote.setting() + "=" + quoted(place));
    }
    Workers.limit(sent.threads());
    Extensions extensions = Extensions.of(Thread.currentThread().getContextClassLoader());
    Experiment experiment = ExperimentFile.read(file, settings, extensions);
    Runner runner =
        new Runner(experiment, Place.of(file, List.of()), Progress.silent(), plan -> {});
    SharedRun run = new SharedRun(runner);
    return new OpenExperiment(folder, run, run.open());
  }

  /** As a YAML string. */
  static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  /** Where finished cells of others are put, laid out as a run directory. */
  Path lent() {
    return folder.resolve("lent");
  }

  /** Puts files there, one task at a time. */
  void lend(List<BroadcastFiles> parcels) throws IOException {
    synchronized (OPEN) {
      for (BroadcastFiles parcel : parcels) {
        parcel.unpack(lent());
      }
    }
  }

  /** An empty folder for one task. */
  Path work() throws IOException {
    return Files.createTempDirectory(folder, "task-");
  }
}
