package org.explain4j.experiments.inspection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Group;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Model;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.passes.Budget;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.pictures.PictureJob;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.setup.Suitability;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Applicability;

/** The text of an experiment file that was drafted, with comments. */
record DraftText(Draft.Request request, Extensions extensions, DraftText.Opened opened) {
  private static final int PATCHES_A_SIDE = 8;
  private static final String BASELINE = "random";

  /**
   * What the file names.
   *
   * @param model with the preprocessing and class names that were found
   */
  record Opened(DatasetProvider provider, Dataset data, Model model) {}

  /**
   * What was measured.
   *
   * @param found one sentence each
   * @param prepared whether the preprocessing is not that of the model file
   * @param names of the classes in the network's order; empty to leave them
   */
  record Measured(List<String> found, boolean prepared, List<String> names) {}

  /** Layers whose rho does not fit into memory. */
  List<String> tooLarge(Setup setup) {
    Budget budget = new Budget(setup);
    return SplitMoments.of(setup).stream()
        .flatMap(wanted -> wanted.nodes().stream().filter(node -> !budget.fits(wanted, node)))
        .map(Node::name)
        .distinct()
        .toList();
  }

  /**
   * @param tooLarge layers that are left out of rho
   * @param unknown what could not be found out, one sentence each
   */
  String yaml(Sizes sizes, Measured measured, List<String> tooLarge, List<String> unknown) {
    StringBuilder text = new StringBuilder();
    Path file = request.out().getFileName();
    YamlText.comment(text, "", "Written by 'explain init'. Run it with: explain run " + file);
    YamlText.comment(
        text, "", "docs/experiment-file.md, or 'explain describe experiment', explain every key.");
    unknown.forEach(each -> YamlText.comment(text, "", "Not found out: " + each));
    text.append("name: ").append(name(file)).append('\n');
    text.append("seed: 1\n\n");
    data(text);
    model(text, measured);
    splits(text, sizes);
    estimators(text, tooLarge);
    explainers(text, sizes);
    metrics(text);
    YamlText.comment(
        text, "", "Examples that go through the network at a time; fewer take less memory.");
    text.append("batch: ").append(sizes.batch()).append('\n');
    return text.toString();
  }

  private static String name(Path file) {
    String stem = file.toString().replaceFirst("\\.ya?ml$", "");
    String name = stem.replaceAll("[^\\p{L}\\p{N}._-]", "-").replaceFirst("^[._-]+", "");
    return name.isEmpty() ? "experiment" : name.substring(0, Math.min(64, name.length()));
  }

  private void data(StringBuilder text) {
    Dataset data = opened.data();
    YamlText.comment(
        text,
        "",
        String.format(
            Locale.ROOT,
            "%,d training and %,d test examples of shape %s in %d classes: %s",
            data.train().size(),
            data.test().size(),
            data.inputShape(),
            data.classNames().size(),
            some(data.classNames())));
    data.notes().forEach(note -> YamlText.comment(text, "", note));
    text.append("dataset: ").append(entry(opened.provider(), "")).append("\n\n");
  }

  private static String some(List<String> names) {
    List<String> shown = names.subList(0, Math.min(10, names.size()));
    return String.join(", ", shown) + (shown.size() < names.size() ? ", ..." : "");
  }

  private void model(StringBuilder text, Measured measured) {
    Model model = opened.model();
    YamlText.comment(
        text,
        "",
        String.format(
            Locale.ROOT,
            "%,d parameters, inputs of shape %s, %d outputs",
            model.network().parameters(),
            model.network().inputShape(),
            model.network().classes()));
    model.notes().forEach(note -> YamlText.comment(text, "", note));
    text.append("model:\n  file:\n    path: ")
        .append(YamlText.quoted(path(request.file())))
        .append('\n');
    request.settings().forEach(setting -> text.append("    ").append(setting).append('\n'));
    measured.found().forEach(each -> YamlText.comment(text, "    ", each));
    if (measured.prepared()) {
      text.append("    preprocessing: ").append(preprocessing(model.preprocessing())).append('\n');
    } else {
      YamlText.comment(
          text, "    ", "As the file states it: preprocessing " + model.preprocessing().text());
    }
    if (!measured.names().isEmpty()) {
      text.append("    class-names:\n");
      measured
          .names()
          .forEach(name -> text.append("      - ").append(YamlText.quoted(name)).append('\n'));
    }
    text.append('\n');
  }

  private static String preprocessing(Preprocessing how) {
    return Preprocessing.names().stream()
        .filter(name -> Preprocessing.named(name).equals(how))
        .findFirst()
        .orElseGet(
            () ->
                "{scale: "
                    + how.scale()
                    + (", mean: " + how.mean() + ", deviation: " + how.deviation())
                    + (", bgr: " + how.bgr() + "}"));
  }

  private static void splits(StringBuilder text, Sizes sizes) {
    YamlText.comment(
        text,
        "",
        "Disjoint: patterns are fitted on A, rho's regression on B (both training examples); C, of"
            + " the test examples, gives all results.");
    text.append(
        String.format(
            Locale.ROOT,
            "splits: {a: %d, b: %d, c: %d, patches-per-image: 64}%n%n",
            sizes.a(),
            sizes.b(),
            sizes.c()));
  }

  private void estimators(StringBuilder text, List<String> tooLarge) {
    Network network = opened.model().network();
    YamlText.comment(
        text, "", "Signal estimators, whose patterns are compared by rho, layer by layer");
    text.append("estimators:\n");
    methods(
        text,
        extensions.of(SignalEstimator.class).providers().values(),
        m -> m.applicability(network),
        m -> false);
    String solver =
        extensions.of(SignalQuality.class).providers().values().stream()
            .filter(each -> !each.drawsSamples())
            .map(Extension::id)
            .findFirst()
            .orElse("closed-form");
    text.append("signal-quality:\n  solvers: [").append(solver).append("]\n");
    if (tooLarge.isEmpty()) {
      YamlText.comment(text, "  ", "All layers fit into memory; 'layers: [-NAME]' leaves one out.");
    } else {
      YamlText.comment(text, "  ", "These do not fit into memory (EXPLAIN4J_OFFHEAP).");
      text.append("  layers: [")
          .append(
              tooLarge.stream()
                  .map(name -> YamlText.quoted("-" + name))
                  .collect(Collectors.joining(", ")))
          .append("]\n");
    }
    text.append('\n');
  }

  private void explainers(StringBuilder text, Sizes sizes) {
    Network network = opened.model().network();
    text.append(
        String.format(
            Locale.ROOT, "explain: {images: %d, target-class: predicted}%n", sizes.images()));
    YamlText.comment(
        text,
        "",
        "Methods that apply to this network. Those behind a # take many passes for each image, or"
            + " look at no network: take the # away to add them.");
    text.append("explainers:\n");
    for (Group group : Group.values()) {
      List<Explainer> of =
          extensions.of(Explainer.class).providers().values().stream()
              .filter(each -> each.group() == group)
              .toList();
      YamlText.comment(text, "  ", KebabCase.of(group));
      methods(text, of, each -> each.applicability(network), DraftText::isSlow);
    }
    text.append('\n');
  }

  /** Whether a method is left out at first, as it takes more than one pass through the network. */
  private static boolean isSlow(Explainer explainer) {
    return !PictureJob.USUAL.contains(explainer.id())
        && !explainer.id().equals(BASELINE)
        && !isOnePass(explainer);
  }

  private static boolean isOnePass(Explainer explainer) {
    try {
      return RuleListing.of(explainer).isPresent();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      return false; // it says why where it is used
    }
  }

  private <T extends Extension> void methods(
      StringBuilder text,
      Iterable<T> methods,
      Function<T, Applicability> applicability,
      Predicate<T> later) {
    List<String> refused = new ArrayList<>();
    for (T method : methods) {
      Applicability answer =
          Suitability.answer(method, applicability).orElse(Applicability.no("it does not say"));
      String entry = entry(method, "");
      if (answer.isRefused()) {
        refused.add("not " + method.id() + ": " + answer.reason().replace("\n", " "));
      } else if (later.test(method)) {
        text.append("  # - ").append(entry).append('\n');
      } else {
        text.append("  - ").append(entry).append('\n');
      }
    }
    refused.forEach(each -> YamlText.comment(text, "  ", each));
  }

  private void metrics(StringBuilder text) {
    List<Long> shape = opened.data().inputShape();
    if (shape.size() == 3) {
      long longer = Math.max(shape.get(1), shape.get(2));
      long patch = (longer + PATCHES_A_SIDE - 1) / PATCHES_A_SIDE;
      long patches = ((shape.get(1) + patch - 1) / patch) * ((shape.get(2) + patch - 1) / patch);
      YamlText.comment(
          text,
          "",
          "How the class's probability falls while patches are removed, the most relevant first; all "
              + patches
              + " are.");
      text.append("metrics:\n")
          .append("  - degradation: {patch: " + patch + ", steps: " + patches + "}\n\n");
    } else {
      YamlText.comment(text, "", "Entries are removed one by one, the most relevant first.");
      text.append("metrics:\n  - degradation: {patch: 1}\n\n");
    }
  }

  /** A method as an entry of a list: its id, or its id with the settings that differ. */
  private String entry(Extension extension, String indent) {
    String changes = Settings.changes(extension);
    Path data = Path.of(request.data()).toAbsolutePath().normalize();
    return changes.equals("{}")
        ? extension.id()
        : "{" + extension.id() + ": " + changes.replace(data.toString(), path(data)) + "}" + indent;
  }

  /** Relative to the experiment file where it lies below it. */
  private String path(Path file) {
    Path base = ExperimentFile.base(request.out()).normalize();
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(base) ? base.relativize(absolute).toString() : absolute.toString();
  }
}
