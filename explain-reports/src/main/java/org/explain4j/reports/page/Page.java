package org.explain4j.reports.page;

import java.util.ArrayList;
import java.util.List;

/** A page of the report. */
public record Page(String title, String subtitle, List<Section> sections) {
  public Page {
    sections = List.copyOf(sections);
  }

  /** The same with a warning before everything else. */
  public Page warning(String text) {
    List<Section> all = new ArrayList<>(sections);
    Section first = all.get(0);
    List<Block> blocks = new ArrayList<>(List.of(new Block.Warnings(List.of(text))));
    blocks.addAll(first.blocks());
    all.set(0, new Section(first.id(), first.title(), blocks));
    return new Page(title, subtitle, all);
  }
}
