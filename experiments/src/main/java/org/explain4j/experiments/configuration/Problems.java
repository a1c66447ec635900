package org.explain4j.experiments.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Catalog;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What is wrong with a tree of YAML nodes, each problem at the line of the node it is about. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();
  private final Map<String, Node> places = new HashMap<>();

  List<Problem> all() {
    return found;
  }

  int size() {
    return found.size();
  }

  /** Notes where in the file a path of keys is. */
  void at(String path, Node node) {
    places.put(path, node);
  }

  /** Reports a problem at a path that was bound, or at the nearest one above it. */
  void report(String path, String message) {
    String location = location(path);
    // A part that is named again by an alias (*name) is wrong once.
    if (found.stream()
        .noneMatch(p -> p.location().equals(location) && p.message().equals(message))) {
      found.add(new Problem(location, path, message));
    }
  }

  private String location(String path) {
    String at = path;
    while (!places.containsKey(at) && at.contains(".")) {
      at = at.substring(0, at.lastIndexOf('.'));
    }
    return YamlTree.location(places.getOrDefault(at, places.get("")));
  }

  /**
   * A problem found outside this tree, moved to its key's line; one of the command line is left as
   * it is.
   */
  Problem located(Problem problem) {
    return problem.location().equals(Problem.ELSEWHERE)
        ? new Problem(location(problem.path()), problem.path(), problem.message())
        : problem;
  }

  /**
   * The values of a mapping by key; a node that is not a mapping, or a key given twice, is
   * reported.
   */
  Map<String, Node> entries(Node node, String path) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (YamlTree.isNull(node)) {
      return entries;
    }
    if (!(node instanceof MappingNode mapping)) {
      report(path, "expected keys and values" + YamlTree.found(node));
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        report(path, "every key must be a word");
      } else if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
        found.add(
            new Problem(YamlTree.location(key), join(path, key.getValue()), "is given twice"));
      }
    }
    return entries;
  }

  /** The message for a word that names nothing that is known. */
  static String unknown(String noun, String word, List<String> known) {
    return "unknown %s '%s'%s\nKnown: %s"
        .formatted(
            noun,
            word,
            Catalog.didYouMean(word, known),
            known.isEmpty() ? "none; this takes no settings" : String.join(", ", known));
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
