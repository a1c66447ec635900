package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.api.KebabCase;
import org.explain4j.reports.runs.RunDirectory;

/**
 * The explainers of a run, by group.
 *
 * @param groups labels of each group in display order
 */
record Methods(Map<Group, List<String>> groups) {
  static Methods of(RunDirectory run) throws IOException {
    Map<Group, List<String>> groups = new LinkedHashMap<>();
    for (Group group : Group.values()) {
      groups.put(group, new ArrayList<>());
    }
    run.explainers().forEach(row -> groups.get(row.group()).add(row.explainer()));
    return new Methods(groups);
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

  /** Labels in the order of their groups, those of no group last. */
  List<String> ordered(List<String> labels) {
    List<String> ordered = new ArrayList<>();
    groups.values().forEach(group -> group.stream().filter(labels::contains).forEach(ordered::add));
    labels.stream().filter(label -> !ordered.contains(label)).forEach(ordered::add);
    return ordered;
  }
}
