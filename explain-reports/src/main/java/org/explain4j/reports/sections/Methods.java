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
import org.explain4j.reports.runs.RunTable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * The explainers of a run, by group.
 *
 * @param groups labels of each group in display order
 */
record Methods(Map<Group, List<String>> groups) {
  /** What curves and scores call the baseline. */
  static final String BASELINE = "(baseline)";

  static Methods of(RunDirectory run) throws IOException {
    Map<Group, List<String>> groups = new LinkedHashMap<>();
    for (Group group : Group.values()) {
      groups.put(group, new ArrayList<>());
    }
    Optional<Table> table = run.table(RunTable.EXPLAINERS);
    if (table.isPresent()) {
      for (Row row : table.get()) {
        groups.get(group(run, row.getString("group"))).add(row.getString("explainer"));
      }
    }
    return new Methods(groups);
  }

  private static Group group(RunDirectory run, String name) throws IOException {
    for (Group group : Group.values()) {
      if (name(group).equals(name)) {
        return group;
      }
    }
    throw new IOException(
        "%s: unknown group '%s'.\nKnown: function, signal, attribution."
            .formatted(run.path().resolve(RunTable.EXPLAINERS.file()), name));
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
