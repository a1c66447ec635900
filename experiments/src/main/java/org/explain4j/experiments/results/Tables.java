package org.explain4j.experiments.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.explain4j.reports.runs.RunTable;

/** The rows of a run's tables, while they come in. */
final class Tables {
  private final Map<RunTable<?>, List<Record>> rows = new HashMap<>();
  private final Map<RunTable<?>, UnaryOperator<List<Record>>> published = new HashMap<>();

  void add(RunTable<?> table, List<? extends Record> more) {
    rows.computeIfAbsent(table, t -> new ArrayList<>()).addAll(more);
  }

  void clear(RunTable<?> table) {
    rows.remove(table);
  }

  boolean has(RunTable<?> table) {
    return rows.containsKey(table);
  }

  /** Says how a table is made from its rows. */
  @SuppressWarnings("unchecked") // rows of a table are its records
  <R extends Record> void publish(RunTable<R> table, UnaryOperator<List<R>> made) {
    published.put(table, records -> (List<Record>) made.apply((List<R>) records));
  }

  /** The rows of a table so far, as they would be written. */
  @SuppressWarnings("unchecked") // rows of a table are its records
  <R extends Record> List<R> of(RunTable<R> table) {
    List<Record> records = List.copyOf(rows.getOrDefault(table, List.of()));
    return (List<R>) published.getOrDefault(table, r -> r).apply(records);
  }

  /** Writes a table; one without rows has no file. */
  <R extends Record> void write(RunTable<R> table, RunOutput output) {
    List<R> records = of(table);
    if (records.isEmpty()) {
      output.remove(table.file());
    } else {
      output.write(table.file(), table.csv(records));
    }
  }
}
