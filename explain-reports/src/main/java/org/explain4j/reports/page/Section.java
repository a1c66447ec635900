package org.explain4j.reports.page;

import java.util.List;

/**
 * A part of a page.
 *
 * @param id what links to it
 */
public record Section(String id, String title, List<Block> blocks) {
  public Section {
    blocks = List.copyOf(blocks);
  }
}
