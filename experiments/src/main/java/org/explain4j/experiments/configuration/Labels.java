package org.explain4j.experiments.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.explain4j.api.Catalog;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The labels in an experiment file, read from the file itself: what is wrong with them is found
 * also where a setting beside them is wrong.
 */
record Labels(Node root, Problems problems) {
  private static final List<String> LISTS =
      List.of("estimators", "explainers", "metrics", "signal-quality.solvers");

  /**
   * Reports labels that are given twice, and names that no label is.
   *
   * @param experiment what could be read of it
   */
  void check(Experiment experiment) {
    LISTS.forEach(this::distinct);
    List<String> estimators = of("estimators");
    List<String> explainers = of("explainers");
    experiment
        .report()
        .estimatorMaps()
        .forEach(
            (estimator, explainer) -> {
              String path = "report.estimator-maps." + estimator;
              require(path, "estimator", estimator, estimators);
              require(path, "explainer", explainer, explainers);
            });
    experiment
        .metaEvaluation()
        .ifPresent(
            meta -> {
              requireAll("meta-evaluation.metrics", "metric", meta.metrics(), of("metrics"));
              requireAll("meta-evaluation.explainers", "explainer", meta.explainers(), explainers);
            });
  }

  private void requireAll(String path, String noun, List<String> labels, List<String> known) {
    for (int i = 0; i < labels.size(); i++) {
      require(path + "[" + i + "]", noun, labels.get(i), known);
    }
  }

  private void require(String path, String noun, String label, List<String> known) {
    if (!known.contains(label)) {
      problems.report(
          path,
          "no %s of this experiment has the label '%s'%s\nLabels: %s"
              .formatted(noun, label, Catalog.didYouMean(label, known), String.join(", ", known)));
    }
  }

  private void distinct(String path) {
    // Labels become file names, and some file systems ignore case.
    Map<String, Integer> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> labels = of(path);
    for (int i = 0; i < labels.size(); i++) {
      Integer other = first.putIfAbsent(labels.get(i), i);
      if (other != null && !labels.get(i).isEmpty()) {
        problems.report(
            path + "[" + i + "]",
            "has the same label '%s' as %s[%d]\nMaybe add 'label: another-name'."
                .formatted(labels.get(i), path, other));
      }
    }
  }

  /** The labels of a list, in its order; empty where none can be told. */
  private List<String> of(String path) {
    Optional<Node> node = Optional.of(root);
    for (String key : path.split("\\.", -1)) {
      node = node.flatMap(above -> child(above, key));
    }
    List<String> labels = new ArrayList<>();
    if (node.orElse(null) instanceof SequenceNode list) {
      list.getValue().forEach(item -> labels.add(label(item)));
    }
    return labels;
  }

  private static Optional<Node> child(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(tuple -> key.equals(word(tuple.getKeyNode())))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }

  private static String label(Node item) {
    if (!(item instanceof MappingNode mapping)) {
      return word(item);
    }
    return child(item, Binder.LABEL)
        .map(Labels::word)
        .orElseGet(
            () ->
                mapping.getValue().stream()
                    .map(tuple -> word(tuple.getKeyNode()))
                    .filter(key -> !key.equals(Binder.IMAGES))
                    .findFirst()
                    .orElse(""));
  }

  private static String word(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
