package org.explain4j.network.compilation;

import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.WORKSPACE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.explain4j.network.Activation;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.Concat;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Product;
import org.explain4j.network.Window;
import org.explain4j.network.onednn.ElementPrimitives;
import org.explain4j.network.onednn.ElementPrimitives.Binary;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.PoolingPrimitives;
import org.explain4j.network.onednn.PoolingPrimitives.Pooling;
import org.explain4j.network.onednn.Primitive;
import org.explain4j.network.onednn.Program;

/** Translates a backward pass of one example into further steps of its forward pass's program. */
final class BackwardCompilation {
  private final ForwardCompilation forward;
  private final Optional<ForwardCompilation> reference;
  private final Compilation compilation;
  private final Program program;
  private final Function<Node, BackwardStep> steps;
  private final Zeros zeros;
  private final Map<String, Integer> messages = new HashMap<>();

  /**
   * @param reference the pass of a reference
   * @param steps of all nodes
   */
  BackwardCompilation(
      ForwardCompilation forward,
      Optional<ForwardCompilation> reference,
      Function<Node, BackwardStep> steps,
      Zeros zeros) {
    this.forward = forward;
    this.reference = reference;
    compilation = forward.compilation();
    program = compilation.program();
    this.steps = steps;
    this.zeros = zeros;
  }

  /**
   * @param from the node whose message it starts with
   * @return the message at the input, row-major and the caller's
   * @throws OneDnnException if something has no implementation
   */
  int compile(String from, int start) {
    messages.put(from, start);
    List<Node> nodes = compilation.network().nodes();
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
    return compilation.handedOut(last);
  }

  private void down(Node node, int message) {
    List<Integer> down = steps.apply(node).messages(new ProgramArithmetic(this, node, message));
    for (int i = 0; i < down.size(); i++) {
      add(node.inputs().get(i), down.get(i));
    }
  }

  private void add(String node, int message) {
    Integer other = messages.get(node);
    messages.put(
        node, other == null ? message : compilation.combined(Binary.SUM, other, message, true));
  }

  Compilation compilation() {
    return compilation;
  }

  /** The same on top of the reference's pass. */
  BackwardCompilation atReference() {
    return reference
        .map(from -> new BackwardCompilation(from, Optional.empty(), steps, zeros))
        .orElseThrow(() -> new IllegalStateException("This pass has no reference."));
  }

  Zeros zeros() {
    return zeros;
  }

  /** The layer's vector-Jacobian product. */
  List<Integer> gradient(Node node, int message) {
    Layer layer = node.layer();
    if (layer instanceof Add) {
      return node.inputs().stream().map(input -> message).toList();
    }
    if (layer instanceof Concat) {
      return new Rearrangements(compilation)
          .split(message, node.inputs().stream().map(compilation::shape).toList());
    }
    ProductSteps product = layer instanceof Product ? ProductSteps.of(compilation, node) : null;
    if (product != null) {
      return product.backward(message);
    }
    boolean own = layer instanceof Activation activation && activation.isVaried();
    return own || layer instanceof Product || LayerSteps.suits(layer)
        ? new LayerSteps(compilation, node).backward(message)
        : List.of(only(node, message));
  }

  private int only(Node node, int message) {
    Layer layer = node.layer();
    if (layer instanceof LinearLayer linear) {
      return new LinearSteps(compilation)
          .transposed(linear, message, compilation.shape(node.inputs().get(0)));
    }
    if (layer instanceof Activation activation) {
      return activation.isRelu()
          ? gated(node, message)
          : new ActivationSteps(compilation, activation).backward(node, message);
    }
    if (layer instanceof MaxPool pool) {
      return unpooled(node, pool.window(), Pooling.MAXIMUM, message);
    }
    if (layer instanceof AveragePool pool) {
      return unpooled(node, pool.window(), forward.pooling(node, pool), message);
    }
    if (layer instanceof Affine affine) {
      int scale = compilation.perChannel(node, affine.scale());
      return compilation.combined(Binary.PRODUCT, message, scale, true);
    }
    return new Rearrangements(compilation).backward(node, message);
  }

  private int gated(Node node, int message) {
    int output = compilation.value(node.name());
    Layout layout = program.layout(output);
    int passed = program.array(layout);
    program.step(
        ElementPrimitives.gate(layout),
        DESTINATION,
        output,
        DESTINATION_GRADIENT,
        program.reordered(message, layout),
        SOURCE_GRADIENT,
        passed);
    return passed;
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
