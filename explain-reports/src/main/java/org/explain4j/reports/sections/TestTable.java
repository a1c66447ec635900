package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.PairedTest;

/**
 * A folded table of paired tests: what was compared, in words, and what was found.
 *
 * @param words headings of the words
 * @param difference heading of the mean difference
 * @param counted heading of what the tests are over
 */
record TestTable(List<String> words, String difference, String counted) {

  /**
   * A test.
   *
   * @param words one for each heading
   * @param band the mean difference with its interval, as it is printed
   */
  record Row(List<String> words, String band, PairedTest test, long count) {}

  Block.Table of(String caption, List<Row> tests) {
    List<Block.Column> columns = new ArrayList<>();
    words.forEach(text -> columns.add(new Block.Column(text, false)));
    for (String number : List.of(difference, "p", "p (Holm)", "effect", "margin", counted)) {
      columns.add(new Block.Column(number, true));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Row row : tests) {
      List<String> cells = new ArrayList<>(row.words());
      cells.add(row.band());
      cells.add(Numbers.pValue(row.test().pValue()));
      cells.add(Numbers.pValue(row.test().pHolm()));
      cells.add(Numbers.decimals(row.test().effect()));
      cells.add(Numbers.measured(row.test().margin()));
      cells.add(Numbers.count(row.count()));
      rows.add(cells);
    }
    return new Block.Table(caption, columns, rows, true);
  }
}
