package org.explain4j.experiments.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;

/** A reader of files in which its fault stands. */
public record FaultyReader() implements ModelReader {

  @Override
  public String id() {
    return "faulty-reader";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public boolean accepts(Path file) {
    if (file.toString().contains("asked")) {
      throw new ArithmeticException("I do not like to be asked.");
    }
    return file.toString().endsWith(".faulty");
  }

  @Override
  public Model read(Path file, List<Long> inputShape) throws IOException {
    Fault.valueOf(Files.readString(file).strip().toUpperCase(Locale.ROOT)).raise();
    return null;
  }
}
