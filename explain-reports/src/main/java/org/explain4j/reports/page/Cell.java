package org.explain4j.reports.page;

import java.util.Optional;

/**
 * A picture.
 *
 * @param image data URI, or empty if there is none
 * @param text what it shows, or why there is none
 * @param link to the picture in full; empty if there is none
 * @param full for a file of its own
 */
public record Cell(String image, String text, String link, Optional<FullPicture> full) {
  /** A picture with a link. */
  public Cell(String image, String text, String link) {
    this(image, text, link, Optional.empty());
  }

  /** A picture without a link. */
  public Cell(String image, String text) {
    this(image, text, "");
  }
}
