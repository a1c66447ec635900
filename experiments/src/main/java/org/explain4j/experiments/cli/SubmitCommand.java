package org.explain4j.experiments.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.experiments.configuration.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain submit}: starts Spark's own {@code SparkSubmit} in a process of its own. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an experiment on a Spark cluster; 'local[*]', the default, needs none.",
      "Moments, attributions and metrics are computed by the executors, the rest here."
    })
final class SubmitCommand implements Callable<Integer> {
  /** Arrays lie outside of the executors' heap. */
  private static final String OVERHEAD = "spark.executor.memoryOverhead";

  private static final String USUAL_OVERHEAD = "4g";

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory (default: runs/NAME, where NAME is the name in the file).")
  private Path out;

  @Option(
      names = "--moments-only",
      paramLabel = "FILE",
      description = "Compute the moments alone, and write the file that 'explain merge' would.")
  private Path momentsOnly;

  @Option(
      names = "--ranges",
      paramLabel = "N",
      description =
          "Tasks of the moments; with the same number the sums have the same bits (default: by the"
              + " number of batches).")
  private Integer ranges;

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[*]",
      description =
          "Spark's master: local[N], spark://HOST:PORT, k8s://..., yarn (default: ${DEFAULT-VALUE}).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.executor.memory=8g.")
  private List<String> confs = List.of();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(options.file())) {
      throw new ConfigurationException("FILE", "there is no file '" + options.file() + "'");
    }
    if (ranges != null && ranges < 1) {
      throw new ConfigurationException("--ranges", "(" + ranges + ") must be at least 1");
    }
    for (String conf : confs) {
      if (!conf.matches("spark\\.[^=]+=.*")) {
        throw new ConfigurationException(
            "--conf", "expected spark.KEY=VALUE such as spark.cores.max=8, found '" + conf + "'");
      }
    }
    try {
      return new ProcessBuilder(command()).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while Spark was running.", e);
    }
  }

  private List<String> command() throws IOException {
    Path module = module();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(sameLimits());
    command.add(
        "-Dlog4j2.configurationFile=" + module.resolve("classes/spark-log.properties").toUri());
    command.add("-cp");
    command.add(sparkHome(module).resolve("jars") + File.separator + "*");
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of("--master", master));
    defaults().forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    confs.forEach(conf -> command.addAll(List.of("--conf", conf)));
    List<Path> jars = new ArrayList<>(jars(module.resolve("lib")));
    jars.addAll(options.jars());
    command.addAll(List.of("--jars", joined(jars)));
    command.addAll(List.of("--class", "org.explain4j.spark.SubmitDriver"));
    command.add(own(module).toString());
    command.addAll(arguments());
    return command;
  }

  /** This process was given them by the launcher. */
  private static List<String> sameLimits() {
    List<String> limits = new ArrayList<>();
    limits.add("-Xmx" + Runtime.getRuntime().maxMemory());
    for (String property :
        List.of(
            "org.bytedeco.javacpp.maxbytes",
            "org.bytedeco.javacpp.maxphysicalbytes",
            "java.awt.headless",
            "explain4j.terminal",
            "explain4j.output",
            "explain4j.columns",
            "explain4j.commit")) {
      Optional.ofNullable(System.getProperty(property))
          .ifPresent(value -> limits.add("-D" + property + "=" + value));
    }
    return limits;
  }

  /** What Spark would choose otherwise; {@code --conf} has the last word. */
  private Map<String, String> defaults() {
    String arrays =
        confs.stream()
            .filter(conf -> conf.startsWith(OVERHEAD + "="))
            .map(conf -> conf.substring(OVERHEAD.length() + 1))
            .reduce(USUAL_OVERHEAD, (earlier, later) -> later);
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("spark.ui.showConsoleProgress", "false");
    defaults.put("spark.ui.enabled", "false");
    defaults.put("spark.log.level", "ERROR");
    // Sums go to files as they come: sorted, or remembered as written, they would fill the heap.
    defaults.put("spark.shuffle.sort.bypassMergeThreshold", "5000");
    defaults.put("spark.serializer.objectStreamReset", "1");
    options.threads().ifPresent(threads -> defaults.put("spark.task.cpus", threads.toString()));
    defaults.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    defaults.put("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
    defaults.put("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
    defaults.put(OVERHEAD, arrays);
    defaults.put(
        "spark.executor.extraJavaOptions",
        String.format(
            Locale.ROOT,
            "-Dorg.bytedeco.javacpp.maxbytes=%s -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
                + " -Djava.awt.headless=true",
            arrays));
    return defaults;
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("submitted", options.file().toString()));
    options.overrides().forEach(setting -> arguments.addAll(List.of("--set", setting)));
    if (out != null) {
      arguments.addAll(List.of("--out", out.toString()));
    }
    if (momentsOnly != null) {
      arguments.addAll(List.of("--moments-only", momentsOnly.toString()));
    }
    if (ranges != null) {
      arguments.addAll(List.of("--ranges", ranges.toString()));
    }
    if (Main.isQuiet(spec)) {
      arguments.add("--quiet");
    }
    if (Main.of(spec).isDebugging()) {
      arguments.add("--debug");
    }
    return arguments;
  }

  /** Where the launcher has built the module. */
  private static Path module() throws IOException {
    String root = System.getProperty("explain4j.root");
    Path module = Path.of(root == null ? "." : root).resolve("explain-spark").resolve("target");
    if (!Files.isDirectory(module.resolve("lib"))) {
      throw new IOException(
          module
              + ": explain-spark is not built.\nMaybe build it: mvn -pl explain-spark -am -DskipTests package");
    }
    return module;
  }

  private static Path own(Path module) throws IOException {
    return jars(module).stream()
        .filter(jar -> !jar.toString().matches(".*-(tests|sources|javadoc)\\.jar"))
        .findFirst()
        .orElseThrow(() -> new IOException(module + " has no jar.\nMaybe build explain-spark."));
  }

  /** {@code SPARK_HOME}, or what the build has put together. */
  private static Path sparkHome(Path module) throws IOException {
    String set = System.getenv("SPARK_HOME");
    Path home =
        set == null || set.isBlank()
            ? module.resolveSibling("home").resolve("target")
            : Path.of(set);
    if (!Files.isDirectory(home.resolve("jars"))) {
      throw new IOException(
          home + " is not Spark's folder: it has no 'jars'.\nMaybe correct or unset SPARK_HOME.");
    }
    return home;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String joined(List<Path> jars) {
    return jars.stream()
        .map(jar -> jar.toAbsolutePath().toUri().toString())
        .collect(Collectors.joining(","));
  }
}
