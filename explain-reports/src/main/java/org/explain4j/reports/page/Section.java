package org.explain4j.reports.page;

import java.io.IOException;
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

  /**
   * The same with every block in it changed.
   *
   * @throws IOException if a change throws it
   */
  public Section each(Change change) throws IOException {
    return new Section(id, title, Block.each(blocks, change));
  }
}
