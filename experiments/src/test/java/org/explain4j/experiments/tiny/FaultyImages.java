package org.explain4j.experiments.tiny;

import java.nio.file.Path;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;

/** Data that cannot be opened. */
public record FaultyImages(Fault fault) implements DatasetProvider {

  public FaultyImages() {
    this(Fault.MESSAGE);
  }

  @Override
  public String id() {
    return "faulty-images";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Dataset open(Path base) {
    fault.raise();
    return fault == Fault.RETURNS_NULL ? null : new TinyImages().open(base);
  }
}
