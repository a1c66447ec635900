package org.explain4j.models.onnx;

import java.util.function.Consumer;

/**
 * A model with an operator in the form that some opsets have, whose output is 'y'.
 *
 * @param first opset that has this form
 * @param last likewise
 * @param write adds nodes after 'x', images [4,6,5]
 * @param tolerance of the relative distance
 */
record OpsetForm(String name, int first, int last, Consumer<OnnxFile> write, double tolerance) {
  static final int OLDEST = 18;
  static final int NEWEST = 22;
  static final double ROUNDING = 1e-4;

  static OpsetForm form(String name, Consumer<OnnxFile> write) {
    return since(OLDEST, name, write);
  }

  static OpsetForm since(int first, String name, Consumer<OnnxFile> write) {
    return new OpsetForm(name, first, NEWEST, write, ROUNDING);
  }

  static OpsetForm unary(String operator, Object... attributes) {
    return form(operator, f -> f.node("y", operator, "x", attributes));
  }

  /** Resizing to so many rows and columns, of which more pixels than four may be used. */
  static OpsetForm antialiased(String name, long height, long width) {
    Object[] attributes = {"axes", new int[] {2, 3}, "mode", "linear", "antialias", 1};
    return form(
        name, f -> f.integers("s", height, width).node("y", "Resize", "x - - s", attributes));
  }

  OnnxFile file(int opset) {
    OnnxFile file = new OnnxFile(opset).input("in", 0, 4, 6, 5).node("x", "Elu", "in");
    write.accept(file);
    return file;
  }
}
