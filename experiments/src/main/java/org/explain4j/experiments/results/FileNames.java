package org.explain4j.experiments.results;

import java.util.Locale;

/** Names of nodes and labels as names of files. */
public final class FileNames {
  private FileNames() {}

  /**
   * The name itself where it can name a file; otherwise (ONNX nodes are named {@code /conv1/Conv})
   * with underscores and a few digits that keep names distinct.
   */
  public static String of(String name) {
    String safe = name.replaceAll("[^\\p{L}\\p{N} ._+=(),-]", "_");
    return safe.equals(name) && !name.startsWith(".")
        ? name
        : "_" + safe + "." + CellHash.of(name).substring(0, 6);
  }

  /**
   * The file with a metric's values of a method, image by image.
   *
   * @param folder {@code scores} or {@code curves}
   * @param name of the score or curve
   */
  public static String values(String folder, String metric, String name, String explainer) {
    return String.format(Locale.ROOT, "%s/%s.%s.%s.npy", folder, metric, name, explainer);
  }
}
