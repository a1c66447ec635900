package org.explain4j.experiments;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Explainer;
import org.explain4j.experiments.inspection.RuleListing;

/** A method's row in the table of the package documentation, from what the method does. */
final class MethodRow {
  private MethodRow() {}

  /** Empty for a method that is not one backward pass. */
  static Optional<String> of(Explainer explainer) {
    return RuleListing.of(explainer).map(rules -> row(explainer.id(), rules));
  }

  private static String row(String id, Map<String, String> rules) {
    String product = rules.containsKey("at the end") ? ", " + rules.get("at the end") : "";
    return Stream.of(
            id,
            rules.get("start") + product,
            rules.get("first convolution"),
            rules.get("convolution"),
            rules.get("dense"),
            rules.get("ReLU"),
            rules.get("max pooling"),
            rules.get("average pooling"))
        .map(text -> text.replace("<", "&lt;"))
        .collect(Collectors.joining("<td>", " * <tr><td>", ""));
  }
}
