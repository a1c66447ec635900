package org.explain4j.experiments.results;

import java.io.Serializable;

/** What a cell is called. */
public record CellName(String stage, String name) implements Serializable {
  /** The file that is kept of it when it is finished. */
  String file() {
    return "stages/" + stage + "/" + FileNames.of(name) + ".json";
  }

  @Override
  public String toString() {
    return stage + ", " + name;
  }
}
