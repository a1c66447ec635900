package org.explain4j.network;

import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.WEIGHTS;
import static org.explain4j.network.onednn.Primitive.Argument.WORKSPACE;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.explain4j.network.onednn.ElementPrimitives;
import org.explain4j.network.onednn.ElementPrimitives.Binary;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.LinearPrimitives;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.PoolingPrimitives;
import org.explain4j.network.onednn.PoolingPrimitives.Pooling;
import org.explain4j.network.onednn.Primitive;
import org.explain4j.network.onednn.Program;

/** Translates a backward pass of one example into further steps of its forward pass's program. */
final class GradientCompilation {
  private final Network network;
  private final ForwardCompilation forward;
  private final Compilation compilation;
  private final Program program;
  private final Function<Node, LinearLayer> layers;
  private final Function<Node, RectifierGate> gates;
  private final Map<String, Integer> messages = new HashMap<>();

  /**
   * @param layers whose transpose takes the place of each linear node's
   * @param gates of the rectifiers
   */
  GradientCompilation(
      Network network,
      ForwardCompilation forward,
      Function<Node, LinearLayer> layers,
      Function<Node, RectifierGate> gates) {
    this.network = network;
    this.forward = forward;
    compilation = forward.compilation();
    program = compilation.program();
    this.layers = layers;
    this.gates = gates;
  }

  /**
   * @param from the node whose message it starts with
   * @return the message at the input, row-major and the caller's
   * @throws OneDnnException if something has no implementation
   */
  int compile(String from, int start) {
    messages.put(from, start);
    List<Node> nodes = network.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      Integer message = messages.remove(node.name());
      if (message != null) {
        down(node, message);
      }
    }
    Integer last = messages.get(Network.INPUT);
    if (last == null) {
      throw new OneDnnException("find a path from the logits to the input");
    }
    int plain = compilation.plain(last);
    int result = program.external(Layout.plain(compilation.shape(Network.INPUT)));
    compilation.copy(plain, result);
    return result;
  }

  private void down(Node node, int message) {
    Layer layer = node.layer();
    String first = node.inputs().get(0);
    if (layer instanceof LinearLayer) {
      add(first, transposed(node, message));
    } else if (layer instanceof Relu) {
      add(first, gated(node, message));
    } else if (layer instanceof MaxPool pool) {
      add(first, unpooled(node, pool.window(), Pooling.MAXIMUM, message));
    } else if (layer instanceof AveragePool pool) {
      add(first, unpooled(node, pool.window(), forward.pooling(node, pool), message));
    } else if (layer instanceof Affine affine) {
      int scale = compilation.perChannel(node, affine.scale());
      add(first, compilation.combined(Binary.PRODUCT, message, scale, true));
    } else if (layer instanceof Add) {
      node.inputs().forEach(input -> add(input, message));
    } else if (layer instanceof Concat) {
      List<Integer> parts = new Rearrangements(compilation).split(node, message);
      for (int i = 0; i < parts.size(); i++) {
        add(node.inputs().get(i), parts.get(i));
      }
    } else {
      add(first, new Rearrangements(compilation).backward(node, message));
    }
  }

  private void add(String node, int message) {
    Integer other = messages.get(node);
    if (other == null) {
      messages.put(node, message);
      return;
    }
    int same = program.reordered(message, program.layout(other));
    messages.put(node, compilation.combined(Binary.SUM, other, same, true));
  }

  private int transposed(Node node, int message) {
    Primitive primitive = transposed(node);
    int result = program.array(primitive.layout(SOURCE_GRADIENT));
    program.step(
        primitive,
        DESTINATION_GRADIENT,
        program.reordered(message, primitive.layout(DESTINATION_GRADIENT)),
        WEIGHTS,
        compilation.constant(layers.apply(node).weights(), primitive.layout(WEIGHTS)),
        SOURCE_GRADIENT,
        result);
    return result;
  }

  private Primitive transposed(Node node) {
    LinearLayer layer = layers.apply(node);
    Layout down = Layout.any(compilation.shape(node.inputs().get(0)));
    Layout weights = Layout.any(layer.weights().shape());
    Layout up = Layout.any(compilation.shape(node.name()));
    if (layer instanceof Dense) {
      return LinearPrimitives.denseTransposed(down, weights, up);
    }
    Window window = ((Convolution) layer).window();
    if (ForwardCompilation.suitsWinograd(network, window)) {
      try {
        return LinearPrimitives.convolutionTransposed(down, weights, up, window.geometry(), true);
      } catch (OneDnnException e) {
        // No Winograd for this shape or processor: the direct way below.
      }
    }
    return LinearPrimitives.convolutionTransposed(down, weights, up, window.geometry(), false);
  }

  private int gated(Node node, int message) {
    RectifierGate gate = gates.apply(node);
    int passed = message;
    if (gate != RectifierGate.POSITIVE) {
      int output = compilation.value(node.name());
      Layout layout = program.layout(output);
      int arrived = program.reordered(message, layout);
      passed = program.array(layout);
      program.step(
          ElementPrimitives.gate(layout),
          DESTINATION,
          output,
          DESTINATION_GRADIENT,
          arrived,
          SOURCE_GRADIENT,
          passed);
    }
    if (gate == RectifierGate.FORWARD) {
      return passed;
    }
    // A product, for oneDNN's rectifier takes NaN for nothing and would hide an overflow.
    int zero = program.lasting(Layout.plain(ones(program.layout(passed).shape().length)));
    int open = compilation.combined(Binary.LARGER, passed, zero, true);
    return compilation.combined(Binary.PRODUCT, open, passed, false);
  }

  private static long[] ones(int count) {
    long[] shape = new long[count];
    Arrays.fill(shape, 1);
    return shape;
  }

  private int unpooled(Node node, Window window, Pooling pooling, int message) {
    ForwardCompilation.Pooled pooled = forward.pooled(node);
    Layout up = program.layout(compilation.value(node.name()));
    Layout down = program.layout(compilation.value(node.inputs().get(0)));
    Primitive primitive =
        PoolingPrimitives.poolingBackward(
            pooling, down, up, forward.geometry(node, window), pooled.primitive());
    int arrived = program.reordered(message, up);
    int result = program.array(down);
    if (pooling == Pooling.MAXIMUM) {
      program.step(
          primitive,
          DESTINATION_GRADIENT,
          arrived,
          WORKSPACE,
          pooled.places(),
          SOURCE_GRADIENT,
          result);
    } else {
      program.step(primitive, DESTINATION_GRADIENT, arrived, SOURCE_GRADIENT, result);
    }
    return result;
  }
}
