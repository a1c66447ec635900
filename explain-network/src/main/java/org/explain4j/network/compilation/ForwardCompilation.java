package org.explain4j.network.compilation;

import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE;
import static org.explain4j.network.onednn.Primitive.Argument.WORKSPACE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.explain4j.network.Activation;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Product;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.PoolPlaces.Divisor;
import org.explain4j.network.onednn.ElementPrimitives;
import org.explain4j.network.onednn.ElementPrimitives.Binary;
import org.explain4j.network.onednn.Geometry;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.PoolingPrimitives;
import org.explain4j.network.onednn.PoolingPrimitives.Pooling;
import org.explain4j.network.onednn.PostOperation;
import org.explain4j.network.onednn.Primitive;
import org.explain4j.network.onednn.Program;

/**
 * Translates a network's forward pass of one example into a program: layouts are chosen by the
 * convolutions and kept between them, a rectifier that alone reads a linear layer is fused with it,
 * and what a concatenation reads is written into its place at once.
 */
final class ForwardCompilation {
  private final Network network;
  private final boolean gradient;
  private final Predicate<Node> fuses;
  private final Function<Node, List<LinearLayer>> summands;
  private final Compilation compilation;
  private final Program program;
  private final Map<String, Pooled> pooled = new HashMap<>();

  /**
   * A pooling.
   *
   * @param places where its maxima were; -1 where nothing is noted
   */
  record Pooled(Primitive primitive, int places) {}

  /**
   * @param gradient whether places of maxima are noted
   * @param fuses the linear layers that the rectifier behind them may be fused with
   * @param summands of a linear layer ({@link BackwardStep#summands}); empty where it is run itself
   */
  ForwardCompilation(
      Compilation compilation,
      boolean gradient,
      Predicate<Node> fuses,
      Function<Node, List<LinearLayer>> summands) {
    this.compilation = compilation;
    this.gradient = gradient;
    this.fuses = fuses;
    this.summands = summands;
    network = compilation.network();
    program = compilation.program();
  }

  /**
   * Compiles nodes up to the last one wanted.
   *
   * @throws OneDnnException if something has no implementation
   */
  ForwardCompilation compile(String last) {
    for (Node node : network.nodes()) {
      if (compilation.value(last) != null) {
        break;
      }
      if (compilation.value(node.name()) == null) {
        compilation.put(node.name(), value(node));
      }
    }
    return this;
  }

  Compilation compilation() {
    return compilation;
  }

  Pooled pooled(Node node) {
    return pooled.get(node.name());
  }

  private int value(Node node) {
    int first = compilation.inputs(node).get(0);
    Layer layer = node.layer();
    if (layer instanceof LinearLayer linear) {
      return linear(node, linear, first);
    }
    if (LayerSteps.suits(layer)) {
      return new LayerSteps(compilation, node).forward();
    }
    if (layer instanceof Activation activation) {
      return activated(node, activation, first);
    }
    if (layer instanceof MaxPool pool) {
      return maximum(node, pool, first);
    }
    if (layer instanceof AveragePool pool) {
      return mean(node, pool, first);
    }
    if (layer instanceof Affine affine) {
      return affine(node, affine, first);
    }
    if (layer instanceof Add) {
      return sum(compilation.inputs(node));
    }
    if (layer instanceof Product) {
      ProductSteps product = ProductSteps.of(compilation, node);
      return product == null ? new LayerSteps(compilation, node).forward() : product.forward();
    }
    return new Rearrangements(compilation).forward(node);
  }

  private int activated(Node node, Activation layer, int source) {
    if (layer.isRelu()) {
      return rectified(source);
    }
    return layer.isVaried()
        ? new LayerSteps(compilation, node).forward()
        : new ActivationSteps(compilation, layer).forward(source);
  }

  private int linear(Node node, LinearLayer layer, int source) {
    boolean fused = fuses.test(node);
    List<LinearLayer> parts = summands.apply(node);
    int destination =
        UnitedLayers.suits(parts)
            ? added(compilation.united(node, parts).forward(source), fused)
            : new LinearSteps(compilation)
                .forward(layer, source, compilation.shape(node.name()), fused);
    if (fused) {
      compilation.put(Zeros.rectifier(network, node).name(), destination);
    }
    return destination;
  }

  private int added(List<Integer> outputs, boolean relu) {
    int last = outputs.size() - 1;
    int sum = outputs.get(0);
    for (int i = 1; i <= last; i++) {
      PostOperation after = relu && i == last ? PostOperation.RELU : PostOperation.NONE;
      sum = compilation.combined(Binary.SUM, sum, outputs.get(i), after);
    }
    return sum;
  }

  /** The geometry of a pooling. */
  Geometry geometry(Node node, Window window) {
    return window.geometry(compilation.shape(node.inputs().get(0)), compilation.shape(node.name()));
  }

  private int rectified(int source) {
    Primitive primitive = ElementPrimitives.rectifier(program.layout(source));
    int destination = program.array(program.layout(source));
    program.step(primitive, SOURCE, source, DESTINATION, destination);
    return destination;
  }

  private int maximum(Node node, MaxPool layer, int source) {
    Primitive primitive =
        PoolingPrimitives.pooling(
            Pooling.MAXIMUM,
            program.layout(source),
            Layout.any(compilation.shape(node.name())),
            geometry(node, layer.window()),
            gradient);
    int destination = program.array(primitive.layout(DESTINATION));
    if (!gradient) {
      program.step(primitive, SOURCE, source, DESTINATION, destination);
      return destination;
    }
    int places = program.array(primitive.layout(WORKSPACE));
    program.step(primitive, SOURCE, source, DESTINATION, destination, WORKSPACE, places);
    pooled.put(node.name(), new Pooled(primitive, places));
    return destination;
  }

  private int mean(Node node, AveragePool layer, int source) {
    Primitive primitive =
        PoolingPrimitives.pooling(
            pooling(node, layer),
            program.layout(source),
            Layout.any(compilation.shape(node.name())),
            geometry(node, layer.window()),
            true);
    int destination = program.array(primitive.layout(DESTINATION));
    program.step(primitive, SOURCE, source, DESTINATION, destination);
    pooled.put(node.name(), new Pooled(primitive, -1));
    return destination;
  }

  /**
   * @throws OneDnnException if pixels beyond the padding would count
   */
  Pooling pooling(Node node, AveragePool layer) {
    Window window = layer.window();
    Geometry geometry = geometry(node, window);
    boolean over = geometry.after()[0] > window.bottom() || geometry.after()[1] > window.right();
    if (layer.divisor() == Divisor.PIXELS) {
      return Pooling.MEAN;
    }
    if (over || layer.divisor() == Divisor.ONE) {
      throw new OneDnnException("take a sum, or a mean that counts some of the padding");
    }
    return Pooling.MEAN_WITH_PADDING;
  }

  private int affine(Node node, Affine layer, int source) {
    int scale = compilation.perChannel(node, layer.scale());
    int shift = compilation.perChannel(node, layer.shift());
    int scaled = compilation.combined(Binary.PRODUCT, source, scale, true);
    return compilation.combined(Binary.SUM, scaled, shift, false);
  }

  private int sum(List<Integer> inputs) {
    int sum = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      sum = compilation.combined(Binary.SUM, sum, inputs.get(i), i == 1);
    }
    return inputs.size() == 1 ? program.copied(sum) : sum;
  }
}
