package org.explain4j.experiments.pictures;

import java.util.List;

/**
 * A picture with its explanations, as {@code explain image --json} prints it.
 *
 * @param width of the picture, in pixels
 * @param seen the part of it that the network was given: left, top, width, height
 * @param likely the most probable classes, the most probable first
 */
public record ExplainedPicture(
    String picture,
    int width,
    int height,
    List<Integer> seen,
    List<Likely> likely,
    List<ExplainedClass> explained) {

  /** A class and its probability. */
  public record Likely(int index, String name, double probability) {}

  /** The explanations of one class. */
  public record ExplainedClass(Likely of, List<Explanation> explanations) {}

  /**
   * One method's explanation.
   *
   * @param overlay the file with the map over the picture
   * @param map the file with the map alone
   * @param values the file with the numbers, {@code [1,c,h,w]}
   * @param fullColour the value that full colour stands for
   * @param remark what the reader must know, such as that the map is flat; empty for nothing
   */
  public record Explanation(
      String method, String overlay, String map, String values, double fullColour, String remark) {}
}
