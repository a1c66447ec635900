package org.explain4j.experiments.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads an experiment file. */
public final class ExperimentFile {
  private ExperimentFile() {}

  /**
   * The experiment, checked as a whole.
   *
   * @param overrides {@code key.key=value}, applied before anything is checked
   * @throws ConfigurationException with every problem in the file
   * @throws IOException if the file cannot be read
   */
  public static Experiment read(Path file, List<String> overrides, Extensions extensions)
      throws IOException {
    return load(file, overrides, extensions).experiment();
  }

  /**
   * Likewise, but problems are part of the result instead of an exception.
   *
   * @throws ConfigurationException if the file is missing, or is not text or not YAML
   * @throws IOException if it cannot be read
   */
  public static LoadedExperiment load(Path file, List<String> overrides, Extensions extensions)
      throws IOException {
    Node root = YamlTree.parse(text(file), file.toString());
    for (String override : overrides) {
      root = YamlTree.set(root, override);
    }
    Binder binder = new Binder(extensions, base(file));
    Problems problems = binder.problems();
    Object bound = binder.bind(Experiment.class, root, "", null);
    Experiment experiment = bound instanceof Experiment whole ? whole : partial(binder);
    new Labels(root, problems).check(experiment);
    if (bound == experiment) {
      check(experiment, problems);
    }
    binder.checkFiles();
    return new LoadedExperiment(experiment, problems);
  }

  /**
   * An experiment from options of the command line, without a file. What involves several parts is
   * not checked.
   *
   * @param options by the key that each sets
   * @param base the folder that relative paths start from
   * @throws ConfigurationException with every problem, by the option's name
   */
  public static Experiment of(Map<String, Assignment> options, Path base, Extensions extensions) {
    Node root = YamlTree.parse("{}", "options");
    for (Map.Entry<String, Assignment> option : options.entrySet()) {
      root = YamlTree.set(root, option.getKey(), option.getValue());
    }
    Binder binder = new Binder(extensions, base);
    Object bound = binder.bind(Experiment.class, root, "", null);
    new Labels(root, binder.problems()).check(new Experiment());
    binder.checkFiles();
    return new LoadedExperiment(
            bound instanceof Experiment whole ? whole : partial(binder), binder.problems())
        .experiment();
  }

  /**
   * What an option sets.
   *
   * @param option as it was typed, for messages: {@code --method gradient}
   * @param value YAML
   */
  public record Assignment(String option, String value) {}

  /**
   * The single values in a file, as they are written there, before anything is checked.
   *
   * @param overrides {@code key.key=value}
   * @return by key: {@code dataset.image-folder.path}
   * @throws ConfigurationException if the file is missing, or is not text or not YAML
   * @throws IOException if it cannot be read
   */
  public static Map<String, String> values(Path file, List<String> overrides) throws IOException {
    Node root = YamlTree.parse(text(file), file.toString());
    for (String override : overrides) {
      root = YamlTree.set(root, override);
    }
    return YamlTree.values(root);
  }

  private static Experiment partial(Binder binder) {
    return binder.partial() instanceof Experiment partial ? partial : new Experiment();
  }

  /** The folder that relative paths in an experiment file start from. */
  public static Path base(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
  }

  private static String text(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  file.toString(), "", "is a folder\nMaybe name the experiment file in it.")));
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          List.of(new Problem(file.toString(), "", "there is no such file")));
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          List.of(new Problem(file.toString(), "", "is not UTF-8 text")));
    }
  }

  /** Checks that involve several parts. */
  private static void check(Experiment experiment, Problems problems) {
    checkParts(experiment, problems);
    checkSplitB(experiment, problems);
    for (int i = 0; i < experiment.metrics().size(); i++) {
      String path = "metrics[" + i + "].images";
      experiment
          .metrics()
          .get(i)
          .images()
          .ifPresent(images -> checkImages(path, images, experiment, problems));
    }
    experiment.metaEvaluation().ifPresent(meta -> checkMeta(meta, experiment, problems));
  }

  private static void checkImages(
      String path, int images, Experiment experiment, Problems problems) {
    int explained = experiment.explain().images();
    if (images > explained) {
      problems.report(
          path,
          "images (%d) are more than are explained (%d)\nMaybe set %s to %d."
              .formatted(images, explained, path, explained));
    }
  }

  private static void checkMeta(MetaEvaluation meta, Experiment experiment, Problems problems) {
    checkImages("meta-evaluation.images", meta.images(), experiment, problems);
    if (experiment.metrics().isEmpty()) {
      problems.report("meta-evaluation", "there are no metrics to judge\nMaybe add 'metrics'.");
    } else if (experiment.explainers().size() < 2) {
      problems.report(
          "meta-evaluation",
          "there must be at least 2 explainers: their order is judged\nMaybe add 'explainers'.");
    }
  }

  private static void checkParts(Experiment experiment, Problems problems) {
    if (experiment.model().isPresent() != experiment.dataset().isPresent()) {
      String missing = experiment.model().isPresent() ? "dataset" : "model";
      problems.report("", "'" + missing + "' is missing");
    } else if (!experiment.hasNetwork() && experiment.signalRecovery().isEmpty()) {
      problems.report("", "'dataset' and 'model' are missing");
    }
    if (!experiment.metrics().isEmpty() && experiment.explainers().isEmpty()) {
      problems.report("metrics", "there are no explainers to measure\nMaybe add 'explainers'.");
    }
    if (experiment.explain().images() > experiment.splits().c()
        && experiment.hasNetwork()
        && !experiment.explainers().isEmpty()) {
      problems.report(
          "explain.images",
          "images (%d) are drawn from split C, which has %d\nMaybe set explain.images to %d."
              .formatted(
                  experiment.explain().images(), experiment.splits().c(), experiment.splits().c()));
    }
    experiment
        .signalQuality()
        .filter(quality -> quality.solvers().isEmpty() || experiment.estimators().isEmpty())
        .ifPresent(
            quality ->
                problems.report(
                    "signal-quality",
                    quality.solvers().isEmpty()
                        ? "'solvers' is missing"
                        : "there are no estimators to measure\nMaybe add 'estimators'."));
  }

  private static void checkSplitB(Experiment experiment, Problems problems) {
    int b = experiment.splits().b();
    if (b < 2 && experiment.signalQuality().isPresent()) {
      problems.report(
          "splits.b",
          "b (%d) must be at least 2 to measure rho\nMaybe set splits.b to 2000, or remove 'signal-quality'."
              .formatted(b));
    }
  }
}
