package org.explain4j.datasets.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.explain4j.api.ImageNet;
import org.explain4j.api.Labelling;

/**
 * Classes from a table with the columns {@code file} and {@code class_index} or {@code class} (a
 * key); optionally {@code name} (of the class), {@code part} ({@code train} or {@code test}) and
 * {@code predicted_by}, where a network gave the classes.
 *
 * @param firstLabel the class index of the first class, 0 or 1
 */
record LabelTable(CsvTable table, Optional<ClassList> given, int firstLabel) {
  private static final int MOST_CLASSES = 1_000_000;
  private static final String INDEX = "class_index";
  private static final String KEY = "class";

  /** A column that says that the classes are no labels. */
  private static final String PREDICTED_BY = "predicted_by";

  /**
   * @throws IOException if it is not such a table; the message names the line
   */
  Labelled label() throws IOException {
    if (!table.has("file") || (!table.has(INDEX) && !table.has(KEY))) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has the columns %s; it needs 'file', and 'class_index' or 'class'.",
              table.title(),
              table.columns()));
    }
    return table.has(INDEX) ? byIndex() : byKey();
  }

  /** The keys of a table's classes; none if it has numbers. */
  static List<String> keys(CsvTable table) {
    return table.has(INDEX) || !table.has(KEY)
        ? List.of()
        : table.rows().stream()
            .map(row -> row.optional(KEY, ""))
            .filter(key -> !key.isEmpty())
            .distinct()
            .toList();
  }

  private Labelled byIndex() throws IOException {
    TreeMap<Integer, String> names = new TreeMap<>();
    Examples examples = new Examples(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (CsvTable.Row row : table.rows()) {
      int label = index(row);
      names.putIfAbsent(label, row.optional("name", "class " + label));
      examples.add(row, label, part(row));
    }
    if (given.isPresent()) {
      return labelled(examples, given.get().names(), new Labelling.Complete());
    }
    List<String> classNames = new ArrayList<>();
    for (int i = 0; !names.isEmpty() && i <= names.lastKey(); i++) {
      classNames.add(names.getOrDefault(i, "class " + i));
    }
    return labelled(examples, classNames, new Labelling.Stated());
  }

  private int index(CsvTable.Row row) throws IOException {
    String digits = row.cell(INDEX);
    int index = digits.matches("\\d{1,9}") ? Integer.parseInt(digits) - firstLabel : -1;
    if (index < 0 || index >= MOST_CLASSES) {
      throw row.problem(
          String.format(Locale.ROOT, "'%s' is not a class index from %d on", digits, firstLabel));
    }
    if (given.isPresent() && index >= given.get().names().size()) {
      throw row.problem(
          String.format(
              Locale.ROOT,
              "the class index %s is beyond the %d classes that 'classes' lists",
              digits,
              given.get().names().size()));
    }
    return index;
  }

  private Labelled byKey() throws IOException {
    TreeMap<String, String> names = new TreeMap<>();
    for (CsvTable.Row row : table.rows()) {
      String key = row.cell(KEY);
      names.putIfAbsent(key, row.optional("name", ImageNet.nameOf(key)));
    }
    ClassList classes = given.isPresent() ? given.get() : ClassList.sorted(names.keySet());
    Examples examples = new Examples(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (CsvTable.Row row : table.rows()) {
      int label;
      try {
        label = classes.index(row.cell(KEY));
      } catch (IOException e) {
        throw row.problem(e.getMessage());
      }
      examples.add(row, label, part(row));
    }
    return given.isPresent()
        ? labelled(examples, classes.names(), new Labelling.Complete())
        : labelled(
            examples,
            List.copyOf(names.values()),
            new Labelling.Sorted(List.copyOf(names.keySet())));
  }

  private Labelled labelled(Examples examples, List<String> names, Labelling labelling) {
    List<String> notes = new ArrayList<>();
    int twice = table.rows().size() - examples.byFile().size();
    if (twice > 0) {
      notes.add(
          String.format(
              Locale.ROOT, "%d rows of %s repeat a file and were left out.", twice, table.title()));
    }
    if (table.has(PREDICTED_BY)) {
      notes.add(
          "The classes are what a network predicts ("
              + table.title()
              + "), not what the images show: an accuracy says nothing.");
    }
    return new Labelled(List.copyOf(examples.byFile().values()), names, labelling, notes);
  }

  private static String part(CsvTable.Row row) throws IOException {
    String part = row.optional("part", "");
    if (!List.of("", Example.TRAIN, Example.TEST).contains(part)) {
      throw row.problem(
          String.format(Locale.ROOT, "the part '%s' is neither train nor test", part));
    }
    return part;
  }

  /** The images of a table, each once. */
  private record Examples(Map<String, Example> byFile, Map<String, Long> lines) {

    /**
     * @throws IOException if the file is listed with another label or part; the message names both
     *     lines
     */
    void add(CsvTable.Row row, int label, String part) throws IOException {
      Example example = new Example(row.file(), label, part);
      Example other = byFile.putIfAbsent(example.file(), example);
      if (other != null && !other.equals(example)) {
        throw row.problem(
            String.format(
                Locale.ROOT,
                "'%s' has another class or part than on line %d",
                example.file(),
                lines.get(example.file())));
      }
      lines.putIfAbsent(example.file(), row.line());
    }
  }
}
