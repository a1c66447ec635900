package org.explain4j.experiments.configuration;

import java.util.regex.Pattern;
import org.explain4j.api.Extension;

/**
 * A method as an experiment uses it.
 *
 * @param label its name in this experiment's tables and files: the id unless the file says
 *     otherwise
 * @param extension the method with its settings
 */
public record Configured<T extends Extension>(String label, T extension) {
  private static final Pattern LABEL =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _+=(),-]{0,79}");

  public Configured {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "The label '%s' cannot name a file.\nMaybe use letters, digits and - _ + only."
              .formatted(label));
    }
  }
}
