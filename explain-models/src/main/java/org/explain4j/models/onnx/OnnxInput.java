package org.explain4j.models.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.models.onnx.OnnxValue.Integers;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Network;

/**
 * The network's input as the file declares it.
 *
 * @param batch number of examples that the file is made for; 0 = open
 * @param shape of one example in the network's order; 0 = open
 * @param channelsLast whether the file has {@code [n,h,w,c]} where the network has {@code [c,h,w]}
 * @param withoutChannels whether it has {@code [n,h,w]} where the network has {@code [1,h,w]}
 */
record OnnxInput(
    String name, long batch, List<Long> shape, boolean channelsLast, boolean withoutChannels) {
  /** Operators that leave each entry where it is. */
  private static final Set<String> KEEPING =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Cast",
          "Identity",
          "Neg",
          "Relu",
          "Clip",
          "Pad",
          "Dropout",
          "QuantizeLinear",
          "DequantizeLinear",
          "Sigmoid",
          "Tanh");

  private static final Set<Long> COLOURS = Set.of(1L, 3L, 4L);

  /**
   * @param nodes those that the output depends on
   * @param values the constants
   * @param given shape of one example that the data have, or nothing
   */
  static OnnxInput of(
      ValueInfoProto input,
      List<NodeProto> nodes,
      Map<String, OnnxValue> values,
      List<Long> given) {
    List<Long> shape = new ArrayList<>();
    for (TensorShapeProto.Dimension dimension :
        input.getType().getTensorType().getShape().getDimList()) {
      shape.add(Math.max(0, dimension.getDimValue()));
    }
    boolean channelsLast =
        shape.size() == 4 && isChannelsLast(input.getName(), shape, nodes, values, given);
    long batch = shape.isEmpty() ? 0 : shape.remove(0);
    boolean withoutChannels = shape.size() == 2;
    if (channelsLast) {
      shape.add(0, shape.remove(2));
    } else if (withoutChannels) {
      shape.add(0, 1L);
    }
    return new OnnxInput(input.getName(), batch, shape, channelsLast, withoutChannels);
  }

  /** What differs between the file and the network. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (batch > 0) {
      notes.add(
          String.format(
              Locale.ROOT, "The file is made for batches of %d; here they have any size.", batch));
    }
    if (channelsLast) {
      notes.add("The file's images have their channels last; here these come first.");
    }
    return notes;
  }

  /**
   * Images have their channels last where these are brought to the front before anything needs to
   * know; where nothing does, the data or the sizes decide.
   */
  private static boolean isChannelsLast(
      String name,
      List<Long> shape,
      List<NodeProto> nodes,
      Map<String, OnnxValue> values,
      List<Long> given) {
    Deque<String> open = new ArrayDeque<>(List.of(name));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      String value = open.pop();
      for (NodeProto node : nodes) {
        if (!node.getInputList().contains(value)) {
          continue;
        }
        if (movesChannels(node, shape, values)) {
          return true;
        }
        if (node.getOpType().equals("Conv") || node.getOpType().contains("Pool")) {
          return false;
        }
        if (KEEPING.contains(node.getOpType()) && seen.add(node.getOutput(0))) {
          open.push(node.getOutput(0));
        }
      }
    }
    List<Long> last = List.of(shape.get(3), shape.get(1), shape.get(2));
    boolean coloursLast = COLOURS.contains(shape.get(3)) && !COLOURS.contains(shape.get(1));
    return given.size() == 3 ? fits(last, given) && !fits(shape.subList(1, 4), given) : coloursLast;
  }

  private static boolean movesChannels(
      NodeProto node, List<Long> shape, Map<String, OnnxValue> values) {
    if (node.getOpType().equals("Transpose")) {
      return node.getAttributeCount() == 1
          && node.getAttribute(0).getIntsList().equals(List.of(0L, 3L, 1L, 2L));
    }
    // With one channel, exporters write it so.
    return node.getOpType().equals("Reshape")
        && shape.get(3) == 1
        && node.getInputCount() == 2
        && values.get(node.getInput(1)) instanceof Integers target
        && target.values().length == 4
        && target.values()[1] == 1;
  }

  private static boolean fits(List<Long> declared, List<Long> given) {
    boolean fits = declared.size() == given.size();
    for (int i = 0; fits && i < declared.size(); i++) {
      fits = declared.get(i) == 0 || declared.get(i).equals(given.get(i));
    }
    return fits;
  }

  /**
   * Starts the network.
   *
   * @param given shape of one example in the network's order, for what the file leaves open; or
   *     empty
   */
  Begun begin(List<Long> given) {
    long size = given.stream().reduce(1L, (a, b) -> a * b);
    boolean flattened = given.size() == 3 && shape.equals(List.of(size));
    GraphAssembly assembly = new GraphAssembly(flattened ? given : completed(given));
    String first = flattened ? assembly.addFlattenedInput() : Network.INPUT;
    Layout layout = Layout.of(Math.max(1, batch), assembly.shape(first));
    if (channelsLast) {
      layout = layout.permuted(0, 2, 3, 1);
    } else if (withoutChannels) {
      layout = layout.without(List.of(1));
    }
    return new Begun(assembly, new Tensor(first, layout));
  }

  /** A network that has nothing but its input. */
  record Begun(GraphAssembly assembly, Tensor input) {}

  private List<Long> completed(List<Long> given) {
    boolean fits = shape.isEmpty() || fits(shape, given);
    if (!given.isEmpty() && !fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Its input '%s' has the shape %s (0 = open), not %s.\n"
                  + "Maybe set model.file.input-shape, or use other data.",
              name,
              shape,
              given));
    }
    List<Long> complete = given.isEmpty() ? shape : given;
    if (complete.isEmpty() || complete.stream().anyMatch(d -> d <= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Its input '%s' leaves the shape open: %s (0 = open).\n"
                  + "Maybe set model.file.input-shape to [3, 224, 224].",
              name,
              shape));
    }
    return complete;
  }
}
