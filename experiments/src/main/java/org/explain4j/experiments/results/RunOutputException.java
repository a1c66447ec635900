package org.explain4j.experiments.results;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The run directory cannot be read or written: no single cell's fault, so the run ends. */
public final class RunOutputException extends UncheckedIOException {

  RunOutputException(String message, IOException cause) {
    super(message, cause);
  }
}
