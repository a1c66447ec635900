package org.explain4j.experiments.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Labelling;
import org.explain4j.api.Model;
import org.explain4j.api.Split;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Problem;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Checks before any work whether data, network and experiment fit together: every problem is found,
 * and each is a configuration error at the key that can mend it.
 */
final class Fit {
  private static final int MOST_NAMED = 8;

  private final Experiment experiment;
  private final List<Problem> problems = new ArrayList<>();

  private Fit(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * The checks that need no network.
   *
   * @throws ConfigurationException with every problem
   */
  static void requireFits(Experiment experiment, Dataset data) {
    Fit fit = new Fit(experiment);
    fit.problems.addAll(Parts.problems(data, experiment.splits()));
    fit.checkTarget(data.classNames().size());
    fit.report();
  }

  /**
   * The data, with its classes numbered as the network's outputs.
   *
   * @throws ConfigurationException with every problem
   */
  static Dataset require(
      Experiment experiment, Dataset data, Model model, Suitability suitability) {
    Fit fit = new Fit(experiment);
    int outputs = Math.toIntExact(model.network().classes());
    fit.problems.addAll(Parts.problems(data, experiment.splits()));
    fit.checkInputs(data, model);
    fit.checkNames(model, outputs);
    Dataset numbered = fit.checkClasses(data, new Outputs(outputs, model.classNames()));
    fit.checkTarget(outputs);
    fit.checkMasks(data);
    fit.problems.addAll(suitability.problems());
    fit.report();
    return numbered;
  }

  private void report() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void problem(String path, String message) {
    problems.add(new Problem(path, message));
  }

  private String data(String setting) {
    return "dataset." + experiment.dataset().orElseThrow().id() + "." + setting;
  }

  private String model(String setting) {
    return "model." + experiment.model().orElseThrow().id() + "." + setting;
  }

  private void checkInputs(Dataset data, Model model) {
    if (!data.inputShape().equals(model.network().inputShape())) {
      problem(
          "model",
          String.format(
              Locale.ROOT,
              "The network takes inputs of shape %s, but %s has shape %s.\nMaybe set the size in 'dataset', or choose another model.",
              model.network().inputShape(),
              data.name(),
              data.inputShape()));
      return;
    }
    long[] one =
        LongStream.concat(LongStream.of(1), data.inputShape().stream().mapToLong(Long::longValue))
            .toArray();
    try (INDArray pixels = Nd4j.zeros(DataType.FLOAT, one)) {
      model.preprocessing().apply(pixels).close();
    } catch (IllegalArgumentException e) {
      problem(model("preprocessing"), e.getMessage());
    }
  }

  private void checkNames(Model model, int outputs) {
    int names = model.classNames().size();
    if (names > 0 && names != outputs) {
      problem(
          model("class-names"),
          String.format(
              Locale.ROOT,
              "There are names for %d classes (%s), but the network has %d outputs.\nMaybe set %s to one name for each output.",
              names,
              some(model.classNames()),
              outputs,
              model("class-names")));
    }
  }

  private Dataset checkClasses(Dataset data, Outputs outputs) {
    Optional<Dataset> renumbered = outputs.renumber(data);
    if (renumbered.isPresent()) {
      return renumbered.get();
    }
    int classes = data.classNames().size();
    if (data.labelling() instanceof Labelling.Stated) {
      return checkLabels(data, outputs.number());
    }
    if (classes != outputs.number()) {
      boolean sorted = data.labelling() instanceof Labelling.Sorted;
      problem(
          data("classes"),
          String.format(
              Locale.ROOT,
              "The data have %d classes (%s), but the network has %d outputs%s.\nMaybe %s, or choose another model.",
              classes,
              some(data.classNames()),
              outputs.number(),
              outputs.names().isEmpty() ? "" : " (" + some(outputs.names()) + ")",
              sorted
                  ? String.format(
                      Locale.ROOT,
                      "set %s to a file with the network's classes in their order, one per line",
                      data("classes"))
                  : "correct 'dataset'"));
      return data;
    }
    List<String> names = outputs.names();
    return names.isEmpty() || names.equals(data.classNames())
        ? data
        : noted(
            data,
            String.format(
                Locale.ROOT,
                "The network's outputs (%s) and the data's classes (%s) have different names; they are assumed to be the same, in this order.",
                some(names),
                some(data.classNames())));
  }

  /** Labels that the source gives as numbers are outputs, counted from 0. */
  private Dataset checkLabels(Dataset data, int outputs) {
    int[] labels =
        IntStream.concat(labels(data.train()), labels(data.test())).distinct().sorted().toArray();
    if (labels.length == 0) {
      return data;
    }
    int least = labels[0];
    int most = labels[labels.length - 1];
    if (most == outputs && least >= 1) {
      problem(
          data("first-label"),
          String.format(
              Locale.ROOT,
              "Labels go from %d to %d, but the network's %d outputs are counted from 0.\nMaybe set %s to 1.",
              least,
              most,
              outputs,
              data("first-label")));
    } else if (most >= outputs) {
      problem(
          data("labels"),
          String.format(
              Locale.ROOT,
              "There are labels up to %d, but the network has %d outputs, 0 to %d.\nMaybe correct the labels, or choose another model.",
              most,
              outputs,
              outputs - 1));
    }
    return labels.length >= outputs
        ? data
        : noted(
            data,
            String.format(
                Locale.ROOT,
                "%d of the network's %d classes occur: %s.",
                labels.length,
                outputs,
                some(Arrays.stream(labels).mapToObj(Integer::toString).toList())));
  }

  private static IntStream labels(Split split) {
    return Arrays.stream(split.labels(IntStream.range(0, split.size()).toArray()));
  }

  private void checkTarget(int outputs) {
    experiment
        .explain()
        .targetClass()
        .index()
        .ifPresent(
            index -> {
              if (index >= outputs) {
                problem(
                    "explain.target-class",
                    String.format(
                        Locale.ROOT,
                        "There is no class %d: the network has %d outputs, 0 to %d.\nMaybe set explain.target-class to predicted.",
                        index,
                        outputs,
                        outputs - 1));
              }
            });
  }

  /** Metrics that compare explanations with masks have nothing to compare them with. */
  private void checkMasks(Dataset data) {
    if (data.test().size() == 0 || data.test().masks(0).isPresent()) {
      return;
    }
    for (int i = 0; i < experiment.metrics().size(); i++) {
      if (experiment.metrics().get(i).extension().needsMasks()) {
        problem(
            String.format(Locale.ROOT, "metrics[%d]", i),
            String.format(
                Locale.ROOT,
                "The metric '%s' needs masks of the object in each image, but %s has none.\nMaybe use the dataset 'mosaics', which knows where the class is.",
                experiment.metrics().get(i).label(),
                data.name()));
      }
    }
  }

  private static Dataset noted(Dataset data, String note) {
    List<String> notes = new ArrayList<>(data.notes());
    notes.add(note);
    return new Dataset(
        data.name(),
        data.inputShape(),
        data.classNames(),
        data.labelling(),
        data.train(),
        data.test(),
        data.fingerprint(),
        notes);
  }

  private static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    return names.size() > MOST_NAMED ? shown + ", ..." : shown;
  }
}
