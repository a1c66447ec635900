package org.explain4j.reports.page;

import java.util.List;

/** A page of the report. */
public record Page(String title, String subtitle, List<Section> sections) {
  public Page {
    sections = List.copyOf(sections);
  }
}
