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
record Site(Path folder, SharedRun run, Setup setup) {
  private static final Map<String, Site> OPEN = new HashMap<>();

  /**
   * Opens an experiment, or finds it open.
   *
   * @throws org.explain4j.experiments.configuration.ConfigurationException if it does not fit here
   * @throws IOException if data or network cannot be read here
   */
  static Site of(Order order) throws IOException {
    synchronized (OPEN) {
      Site site = OPEN.get(order.id());
      if (site == null) {
        site = open(order);
        OPEN.clear(); // the experiment of an earlier job
        OPEN.put(order.id(), site);
      }
      return site;
    }
  }

  private static Site open(Order order) throws IOException {
    Path root = Path.of(SparkFiles.getRootDirectory()).toAbsolutePath(); // "." on executors
    Path folder = Files.createTempDirectory(root, "explain4j-");
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(file, order.yaml());
    List<String> settings = new ArrayList<>(order.settings());
    for (Order.Shipped shipped : order.files()) {
      Path place = folder.resolve("files").resolve(shipped.setting());
      shipped.files().unpack(place);
      settings.add(shipped.setting() + "=" + quoted(place.resolve(shipped.name())));
    }
    for (Order.Remote remote : order.remote()) {
      Path place =
          RemoteData.fetch(remote.uri(), folder.resolve("data"), SparkHadoopUtil.get().conf());
      settings.add(remote.setting() + "=" + quoted(place));
    }
    Workers.limit(order.threads());
    Extensions extensions = Extensions.of(Thread.currentThread().getContextClassLoader());
    Experiment experiment = ExperimentFile.read(file, settings, extensions);
    Runner runner =
        new Runner(experiment, Place.of(file, List.of()), Progress.silent(), plan -> {});
    SharedRun run = new SharedRun(runner);
    return new Site(folder, run, run.open());
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
  void lend(List<Parcel> parcels) throws IOException {
    synchronized (OPEN) {
      for (Parcel parcel : parcels) {
        parcel.unpack(lent());
      }
    }
  }

  /** An empty folder for one task. */
  Path work() throws IOException {
    return Files.createTempDirectory(folder, "task-");
  }
}
