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

  /** The same with a remark in every table's caption. */
  public Section noting(String remark) {
    return new Section(
        id,
        title,
        blocks.stream()
            .map(block -> block instanceof Block.Table table ? table.noting(remark) : block)
            .toList());
  }
}
