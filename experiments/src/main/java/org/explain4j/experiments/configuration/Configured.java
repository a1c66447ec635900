package org.explain4j.experiments.configuration;

import java.util.Optional;
import java.util.regex.Pattern;
import org.explain4j.api.Extension;

/**
 * A method as an experiment uses it.
 *
 * @param label its name in this experiment's tables and files: the id unless the file says
 *     otherwise
 * @param extension the method with its settings
 * @param images of a metric: how many of the explained images it judges, the first ones; all if not
 *     given
 */
public record Configured<T extends Extension>(String label, T extension, Optional<Integer> images) {
  private static final Pattern LABEL =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _+=(),-]{0,79}");

  public Configured(String label, T extension) {
    this(label, extension, Optional.empty());
  }

  public Configured {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "The label '%s' cannot name a file.\nMaybe use letters, digits and - _ + only."
              .formatted(label));
    }
    images.ifPresent(most -> Checks.atLeast("images", most, 1));
  }

  /** How many images it is asked about. */
  public int images(int explained) {
    return Math.min(explained, images.orElse(explained));
  }
}
