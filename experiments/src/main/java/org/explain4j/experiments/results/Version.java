package org.explain4j.experiments.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of this framework and of libraries. */
public final class Version {
  private Version() {}

  /** The version of Explain4J. */
  public static String current() {
    return property("explain4j");
  }

  /** The version of ND4J that this was built with. */
  static String nd4j() {
    return property("nd4j");
  }

  private static String property(String name) {
    Properties versions = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions.getProperty(name);
  }
}
