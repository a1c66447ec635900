package org.explain4j.datasets.folder;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Classes from a table with the columns {@code file} and {@code class_index} (from 0) or {@code
 * class} (a key); optionally {@code name} (of the class) and {@code part} ({@code train} or {@code
 * test}).
 */
final class LabelTable {
  private static final int MOST_CLASSES = 1_000_000;

  private LabelTable() {}

  /**
   * @param title of the table, for messages
   * @throws IOException if it is no such table; the message has the line
   */
  static Labelled label(String title, byte[] csv, Optional<ClassList> given) throws IOException {
    String text = new String(csv, StandardCharsets.UTF_8).replaceFirst("^\ufeff", "");
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      List<String> columns = parser.getHeaderNames();
      if (!columns.contains("file")
          || (!columns.contains("class_index") && !columns.contains("class"))) {
        throw new IOException(
            "%s has the columns %s; it needs 'file', and 'class_index' or 'class'."
                .formatted(title, columns));
      }
      List<CSVRecord> records = parser.getRecords();
      return columns.contains("class_index")
          ? byIndex(title, records, given)
          : byKey(title, records, given);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new IOException("%s cannot be read: %s".formatted(title, e.getMessage()), e);
    }
  }

  private static Labelled byIndex(String title, List<CSVRecord> records, Optional<ClassList> given)
      throws IOException {
    TreeMap<Integer, String> names = new TreeMap<>();
    List<Example> examples = new ArrayList<>();
    for (CSVRecord record : records) {
      String digits = cell(title, record, "class_index");
      if (!digits.matches("\\d{1,9}") || Integer.parseInt(digits) >= MOST_CLASSES) {
        throw at(title, record, "'%s' is no class index".formatted(digits));
      }
      int label = Integer.parseInt(digits);
      names.putIfAbsent(label, optional(record, "name", "class " + label));
      examples.add(new Example(cell(title, record, "file"), label, part(title, record)));
    }
    List<String> classNames = new ArrayList<>(given.map(ClassList::names).orElse(List.of()));
    for (int i = classNames.size(); !names.isEmpty() && i <= names.lastKey(); i++) {
      classNames.add(names.getOrDefault(i, "class " + i));
    }
    return new Labelled(examples, classNames, List.of());
  }

  private static Labelled byKey(String title, List<CSVRecord> records, Optional<ClassList> given)
      throws IOException {
    TreeMap<String, String> names = new TreeMap<>();
    ClassList imageNet = ClassList.imageNet();
    for (CSVRecord record : records) {
      String key = cell(title, record, "class");
      names.putIfAbsent(key, optional(record, "name", imageNet.nameOr(key, key)));
    }
    ClassList classes = given.isPresent() ? given.get() : ClassList.sorted(names.keySet());
    List<Example> examples = new ArrayList<>();
    for (CSVRecord record : records) {
      try {
        int label = classes.index(cell(title, record, "class"));
        examples.add(new Example(cell(title, record, "file"), label, part(title, record)));
      } catch (IOException e) {
        throw at(title, record, e.getMessage());
      }
    }
    List<String> classNames = given.isPresent() ? classes.names() : List.copyOf(names.values());
    return new Labelled(examples, classNames, List.of());
  }

  private static String part(String title, CSVRecord record) throws IOException {
    String part = optional(record, "part", "");
    if (!List.of("", Example.TRAIN, Example.TEST).contains(part)) {
      throw at(title, record, "the part '%s' is neither train nor test".formatted(part));
    }
    return part;
  }

  private static String cell(String title, CSVRecord record, String column) throws IOException {
    String value = optional(record, column, "");
    if (value.isEmpty()) {
      throw at(title, record, "there is no " + column);
    }
    return value;
  }

  private static String optional(CSVRecord record, String column, String otherwise) {
    return record.isSet(column) && !record.get(column).isEmpty() ? record.get(column) : otherwise;
  }

  private static IOException at(String title, CSVRecord record, String problem) {
    return new IOException(
        "%s, record %d: %s.".formatted(title, record.getRecordNumber(), problem));
  }
}
