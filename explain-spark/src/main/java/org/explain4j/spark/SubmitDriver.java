package org.explain4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.explain4j.api.Download;
import org.explain4j.api.Progress;
import org.explain4j.experiments.cli.Main;
import org.explain4j.experiments.configuration.Combination;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.stages.Place;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.experiments.stages.SharedRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The driver, which {@code explain submit} starts through Spark's own {@code SparkSubmit}. */
@Command(name = "submitted", hidden = true)
public final class SubmitDriver implements Callable<Integer> {
  @Parameters(index = "0")
  private Path file;

  @Option(names = "--set")
  private List<String> settings = List.of();

  @Option(names = "--out")
  private Path out;

  @Option(names = "--moments-only")
  private Path momentsOnly;

  @Option(names = "--ranges")
  private Integer ranges;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private SubmitDriver() {}

  /** Runs the job and ends the process with the exit codes of {@code explain run}. */
  public static void main(String[] arguments) {
    System.exit(Main.run(new SubmitDriver(), arguments));
  }

  @Override
  public Integer call() throws IOException {
    try {
      return submitted();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // Spark's are checked, but not declared
      String said = String.valueOf(e.getMessage());
      if (e instanceof RuntimeException other && !said.contains("stopped SparkContext")) {
        throw other;
      }
      throw new IOException(
          "Spark gave up: "
              + said.lines().findFirst().orElse("")
              + "\nMaybe look into the logs of its executors and workers; --debug shows more.",
          e);
    }
  }

  private int submitted() throws IOException {
    SparkConf conf = new SparkConf();
    List<ShippedExperiment.Remote> remote = remote();
    List<String> here = new ArrayList<>(settings);
    for (ShippedExperiment.Remote data : remote) {
      Path folder = Place.usualCache().resolve("remote");
      Path copy =
          RemoteData.fetch(data.uri(), folder, SparkHadoopUtil.get().newConfiguration(conf));
      here.add(data.setting() + "=" + OpenExperiment.quoted(copy));
    }
    Extensions extensions = Extensions.of(Thread.currentThread().getContextClassLoader());
    Experiment experiment = ExperimentFile.read(file, here, extensions);
    Combination.refuse(experiment);
    Runner runner =
        new Runner(experiment, Place.of(file, List.of()), Progress.silent(), plan -> {});
    SharedRun run = new SharedRun(runner);
    Setup setup = run.open();
    int count = ranges(setup);
    Path folder = out == null ? Path.of("runs", experiment.name()) : out;
    SparkSession session = SparkSession.builder().appName(experiment.name()).getOrCreate();
    try (JavaSparkContext spark = new JavaSparkContext(session.sparkContext())) {
      if (!Main.isQuiet(spec)) {
        session.sparkContext().addSparkListener(new TaskProgress(System.err));
      }
      SparkJob job =
          new SparkJob(
              spark, spark.broadcast(sent(spark, conf, remote)), TaskFailures.on(spark), setup);
      if (momentsOnly != null) {
        new MomentsJob(job, count).run(momentsOnly);
        spec.commandLine().getOut().println(momentsOnly.toAbsolutePath().normalize());
        return 0;
      }
      spread(job, run, count, folder);
    } // the rest needs no executors
    return finish(here, folder);
  }

  private int ranges(Setup setup) {
    if (ranges == null) {
      return MomentsJob.usualRanges(setup);
    }
    int most = MomentsJob.mostRanges(setup);
    if (ranges > most) {
      throw new ConfigurationException(
          "--ranges",
          String.format(
              Locale.ROOT,
              "(%,d) are more than the smallest split has batches, %,d"
                  + "\nMaybe use %,d, or a smaller 'batch'.",
              ranges,
              most,
              most));
    }
    return ranges;
  }

  /** What many machines do. */
  private static void spread(SparkJob job, SharedRun run, int count, Path folder)
      throws IOException {
    try (RunOutput output = RunOutput.open(folder)) {
      run.requireSame(job.setup(), output);
      boolean missing = run.cells(job.setup(), output).needsMoments();
      Optional<Path> moments = Optional.empty();
      if (missing) {
        Path file = folder.toAbsolutePath().resolveSibling(folder.getFileName() + ".moments.npz");
        new MomentsJob(job, count).run(file);
        moments = Optional.of(file);
      }
      new CellsJob(job, run, output).run(moments);
      if (missing) {
        Files.delete(moments.get()); // the run directory has them now
      }
    }
  }

  /** What is left, on this machine, as {@code explain run} does it. */
  private int finish(List<String> here, Path folder) {
    List<String> arguments = new ArrayList<>(List.of("run", file.toString()));
    arguments.addAll(List.of("--out", folder.toString()));
    here.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return spec.root().commandLine().execute(arguments.toArray(String[]::new));
  }

  private List<ShippedExperiment.Remote> remote() throws IOException {
    List<ShippedExperiment.Remote> remote = new ArrayList<>();
    for (Map.Entry<String, String> setting : ExperimentFile.values(file, settings).entrySet()) {
      if (RemoteData.isUri(setting.getValue())) {
        remote.add(new ShippedExperiment.Remote(setting.getKey(), setting.getValue()));
      }
    }
    return remote;
  }

  /** The network's files go along; data stay where they are. */
  private ShippedExperiment sent(
      JavaSparkContext spark, SparkConf conf, List<ShippedExperiment.Remote> remote)
      throws IOException {
    List<ShippedExperiment.Shipped> shipped = new ArrayList<>();
    for (Map.Entry<String, String> setting : ExperimentFile.values(file, settings).entrySet()) {
      Optional<Path> path = local(setting.getKey(), setting.getValue());
      if (path.isPresent()) {
        Path folder = path.get().toAbsolutePath().getParent();
        String name = path.get().getFileName().toString();
        BroadcastFiles files = BroadcastFiles.of(spark, folder, withCompanions(folder, name));
        shipped.add(new ShippedExperiment.Shipped(setting.getKey(), name, files));
      }
    }
    return new ShippedExperiment(
        UUID.randomUUID().toString(),
        Files.readString(file),
        List.copyOf(settings),
        shipped,
        remote,
        conf.getInt("spark.task.cpus", 1));
  }

  /** The file that a setting of the network names, if it is one and here. */
  private Optional<Path> local(String setting, String value) {
    if (!setting.startsWith("model.") || RemoteData.isUri(value)) {
      return Optional.empty();
    }
    try {
      return Stream.of(ExperimentFile.base(file), Download.folder(""))
          .map(folder -> folder.resolve(value))
          .filter(Files::isRegularFile)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty(); // a text, then
    }
  }

  /** Large networks keep their weights in files beside them, such as {@code model.onnx.data}. */
  private static List<String> withCompanions(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .filter(other -> other.startsWith(name))
          .sorted()
          .toList();
    }
  }
}
