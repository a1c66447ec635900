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
}
