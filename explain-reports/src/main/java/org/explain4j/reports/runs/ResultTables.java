package org.explain4j.reports.runs;

import java.util.List;
import java.util.OptionalLong;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Rows as Tablesaw tables, for analysis: numbers as numbers, everything else as text. */
final class ResultTables {
  private ResultTables() {}

  static <R extends Record> Table of(RunTable<R> table, List<R> rows) {
    RecordColumns<R> records = table.recordColumns();
    List<List<Object>> values = rows.stream().map(records::values).toList();
    List<List<String>> fields = rows.stream().map(records::fields).toList();
    Table result = Table.create(table.name());
    for (int i = 0; i < records.columns().size(); i++) {
      RecordColumns.Column column = records.columns().get(i);
      int place = i;
      if (column.isNumber()) {
        double[] numbers = values.stream().mapToDouble(row -> number(row.get(place))).toArray();
        result.addColumns(DoubleColumn.create(column.name(), numbers));
      } else {
        List<String> texts = fields.stream().map(row -> row.get(place)).toList();
        result.addColumns(StringColumn.create(column.name(), texts));
      }
    }
    return result;
  }

  private static double number(Object value) {
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : Double.NaN;
    }
    return ((Number) value).doubleValue();
  }
}
