package org.explain4j.experiments.pictures;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Explainer;
import org.explain4j.experiments.configuration.Configured;

/**
 * What is wanted of each picture.
 *
 * @param network its name, for headings
 * @param methods that explain it
 */
public record PictureOptions(String network, List<Configured<Explainer>> methods, Shown shown) {
  public PictureOptions {
    methods = List.copyOf(methods);
  }

  /**
   * What is shown of each picture, and where.
   *
   * @param wanted the class that is explained, by name or number; empty for the most probable ones
   * @param top how many of the most probable classes are explained
   * @param layer at whose output the explanation is drawn; empty for the input
   * @param out a folder for the files, or the file of a picture
   * @param nearest whether the network's pixels stay visible, not smoothed
   */
  public record Shown(Optional<String> wanted, int top, String layer, Path out, boolean nearest) {}
}
