package org.explain4j.experiments.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.experiments.configuration.ExperimentFile.Assignment;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML into nodes that know their line, and changes single values in them. */
final class YamlTree {
  private YamlTree() {}

  /**
   * @param source the name that locations start with: the file's
   * @throws ConfigurationException if the text is not one YAML document
   */
  static Node parse(String text, String source) {
    LoadSettings settings = LoadSettings.builder().setLabel(source).setUseMarks(true).build();
    try {
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(
              () -> new ConfigurationException(List.of(new Problem(source, "", "is empty"))));
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(YamlTree::location).orElse(source);
      throw new ConfigurationException(
          List.of(new Problem(place, "", "is not valid YAML: " + e.getProblem())));
    } catch (StackOverflowError e) {
      throw new ConfigurationException(List.of(new Problem(source, "", "is nested too deeply")));
    } catch (YamlEngineException e) {
      throw new ConfigurationException(
          List.of(new Problem(source, "", "is not valid YAML: " + e.getMessage())));
    }
  }

  /** Where a node stands: {@code file:line:column}, or the option it came from. */
  static String location(Node node) {
    return node.getStartMark().map(YamlTree::location).orElse("configuration");
  }

  private static String location(Mark mark) {
    return mark.getName().startsWith("--")
        ? mark.getName()
        : "%s:%d:%d".formatted(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The scalars of a tree by their keys: {@code model.file.path}, {@code metrics.1.images}. */
  static Map<String, String> values(Node root) {
    Map<String, String> values = new LinkedHashMap<>();
    collect(root, "", values);
    return values;
  }

  private static void collect(Node node, String key, Map<String, String> values) {
    String before = key.isEmpty() ? "" : key + ".";
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name) {
          collect(entry.getValueNode(), before + name.getValue(), values);
        }
      }
    } else if (node instanceof SequenceNode list) {
      for (int i = 0; i < list.getValue().size(); i++) {
        collect(list.getValue().get(i), before + i, values);
      }
    } else if (node instanceof ScalarNode scalar) {
      values.put(key, scalar.getValue());
    }
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** Where a key is, which may be lines above its value. */
  static Node key(Node node, String name) {
    return ((MappingNode) node)
        .getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(key -> key instanceof ScalarNode scalar && scalar.getValue().equals(name))
            .findFirst()
            .orElse(node);
  }

  /** What was found instead of what was expected, for the end of a message. */
  static String found(Node node) {
    if (isNull(node)) {
      return ", found nothing";
    }
    return node instanceof ScalarNode scalar
        ? ", found '" + scalar.getValue() + "'"
        : node instanceof SequenceNode ? ", found a list" : ", found keys and values";
  }

  /**
   * The tree with one value changed.
   *
   * @param assignment {@code a.b.2.c=value}: keys and list positions from 0, and a YAML value
   * @throws ConfigurationException if there is no such place
   */
  static Node set(Node root, String assignment) {
    String option = "--set " + assignment;
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new ConfigurationException(
          List.of(new Problem(option, "", "needs the form key.key=value")));
    }
    return set(
        root,
        assignment.substring(0, equals),
        new Assignment(option, assignment.substring(equals + 1)));
  }

  /**
   * The tree with one value changed.
   *
   * @param key {@code a.b.2.c}
   * @throws ConfigurationException if there is no such place
   */
  static Node set(Node root, String key, Assignment assigned) {
    Node parsed =
        assigned.value().isBlank()
            ? new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN)
            : parse(assigned.value(), assigned.option());
    return set(root, List.of(key.split("\\.")), parsed, assigned.option());
  }

  private static Node set(Node node, List<String> path, Node value, String option) {
    if (path.isEmpty()) {
      return value;
    }
    if (node instanceof SequenceNode list) {
      return setItem(list, path, value, option);
    }
    return setKey(mapping(node, path.get(0)), path, value, option);
  }

  /** A bare id or nothing stands for a mapping without settings. */
  private static MappingNode mapping(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    List<NodeTuple> tuples = new ArrayList<>();
    if (node instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
      tuples.add(new NodeTuple(scalar, new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN)));
    }
    return new MappingNode(
        Tag.MAP, true, tuples, FlowStyle.BLOCK, node.getStartMark(), node.getEndMark());
  }

  private static Node setKey(MappingNode mapping, List<String> path, Node value, String option) {
    List<String> rest = path.subList(1, path.size());
    List<NodeTuple> tuples = new ArrayList<>();
    boolean found = false;
    for (NodeTuple tuple : mapping.getValue()) {
      boolean here =
          tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(path.get(0));
      found |= here;
      tuples.add(
          here
              ? new NodeTuple(tuple.getKeyNode(), set(tuple.getValueNode(), rest, value, option))
              : tuple);
    }
    if (!found) {
      Node key =
          new ScalarNode(
              Tag.STR, true, path.get(0), ScalarStyle.PLAIN, mark(value), Optional.empty());
      Node nothing = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);
      tuples.add(new NodeTuple(key, set(nothing, rest, value, option)));
    }
    return new MappingNode(
        Tag.MAP,
        true,
        tuples,
        mapping.getFlowStyle(),
        mapping.getStartMark(),
        mapping.getEndMark());
  }

  private static Optional<Mark> mark(Node node) {
    return node.getStartMark();
  }

  private static Node setItem(SequenceNode list, List<String> path, Node value, String option) {
    List<Node> items = new ArrayList<>(list.getValue());
    int index = path.get(0).matches("\\d{1,6}") ? Integer.parseInt(path.get(0)) : -1;
    if (index < 0 || index > items.size()) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  option,
                  "",
                  "'%s' is not a position in a list of %d.\nMaybe use 0 to %d."
                      .formatted(path.get(0), items.size(), items.size()))));
    }
    List<String> rest = path.subList(1, path.size());
    if (index == items.size()) {
      items.add(set(new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN), rest, value, option));
    } else {
      items.set(index, set(items.get(index), rest, value, option));
    }
    return new SequenceNode(
        Tag.SEQ, true, items, list.getFlowStyle(), list.getStartMark(), list.getEndMark());
  }
}
