package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.api.KebabCase;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.RunDirectory;

/**
 * The explainers of a run, by group.
 *
 * @param groups labels of each group in display order
 * @param ids of the methods, by label
 */
record Methods(Map<Group, List<String>> groups, Map<String, String> ids) {
  static Methods of(RunDirectory run) throws IOException {
    Map<Group, List<String>> groups = new LinkedHashMap<>();
    for (Group group : Group.values()) {
      groups.put(group, new ArrayList<>());
    }
    Map<String, String> ids = new LinkedHashMap<>();
    for (ExplainerRun row : run.explainers()) {
      groups.get(row.group()).add(row.explainer());
      ids.put(row.explainer(), row.id());
    }
    return new Methods(groups, ids);
  }

  static String name(Group group) {
    return KebabCase.of(group);
  }

  /** The group that a label belongs to, if it is one of the run's methods. */
  Optional<Group> groupOf(String label) {
    return groups.entrySet().stream()
        .filter(entry -> entry.getValue().contains(label))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** How a method's line looks, in every chart: its id's colour, dashed where it has several. */
  Line.Look look(String label) {
    String id = ids.getOrDefault(label, label);
    List<String> alike = ids.keySet().stream().filter(each -> ids.get(each).equals(id)).toList();
    return Line.Look.ofMethod(id, Math.max(0, alike.indexOf(label)));
  }

  /** Labels in the order of their groups, those of no group last. */
  List<String> ordered(List<String> labels) {
    List<String> ordered = new ArrayList<>();
    groups.values().forEach(group -> group.stream().filter(labels::contains).forEach(ordered::add));
    labels.stream().filter(label -> !ordered.contains(label)).forEach(ordered::add);
    return ordered;
  }
}
