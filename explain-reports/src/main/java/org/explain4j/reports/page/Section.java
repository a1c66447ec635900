package org.explain4j.reports.page;

import java.util.List;

/**
 * A part of a page.
 *
 * @param id the anchor that links point to
 */
public record Section(String id, String title, List<Block> blocks) {
  public Section {
    blocks = List.copyOf(blocks);
  }

  /** Its title up to what explains it: {@code Signal estimators}. */
  public String shortTitle() {
    return title.split(" \\(|:", 2)[0];
  }

  /** The same with a remark in every table's caption. */
  public Section noting(String remark) {
    return new Section(id, title, Block.noting(blocks, remark));
  }
}
