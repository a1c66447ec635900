package org.explain4j.network.compilation;

import static org.explain4j.network.onednn.Primitive.Argument.BIAS;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.WEIGHTS;

import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Precision;
import org.explain4j.network.Window;
import org.explain4j.network.kernels.TapKernels;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.LinearPrimitives;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.PostOperation;
import org.explain4j.network.onednn.Primitive;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Linear layers and their transposes as steps of a program. */
final class LinearSteps {
  /** Side of the squares that Winograd's algorithm makes at a time. */
  private static final int TILE = 4;

  /** Fewer of them read its weights, four times as large, too often: a 7 x 7 map has 4. */
  private static final int TILES = 9;

  /** Fewer channels are padded to these. */
  private static final int CHANNELS = 16;

  private final Compilation compilation;
  private final Program program;

  LinearSteps(Compilation compilation) {
    this.compilation = compilation;
    program = compilation.program();
  }

  /**
   * {@code Wx + b}.
   *
   * @param shape of the output for one example
   * @param relu whether to rectify it
   */
  int forward(LinearLayer layer, int source, long[] shape, boolean relu) {
    Primitive primitive = forward(layer, program.layout(source).shape(), shape, relu);
    return program.result(
        primitive,
        DESTINATION,
        SOURCE,
        source,
        WEIGHTS,
        weights(layer, primitive),
        BIAS,
        compilation.constant(layer.bias(), Layout.plain(layer.neurons())));
  }

  /** The layer's weights in a primitive's layout. */
  private int weights(LinearLayer layer, Primitive primitive) {
    return compilation.constant(
        layer.weights(), Layout.plain(shape(layer)), primitive.layout(WEIGHTS));
  }

  private static long[] shape(LinearLayer layer) {
    return layer instanceof Convolution convolution
        ? LinearPrimitives.weightShape(convolution.weights().shape(), convolution.groups())
        : layer.weights().shape();
  }

  private Primitive forward(LinearLayer layer, long[] from, long[] to, boolean relu) {
    PostOperation after = relu ? PostOperation.RELU : PostOperation.NONE;
    Layout weights = Layout.any(shape(layer));
    if (layer instanceof Dense) {
      return LinearPrimitives.dense(Layout.any(from), weights, Layout.any(to), after);
    }
    Convolution convolution = (Convolution) layer;
    Window window = convolution.window();
    if (suitsWinograd(convolution, to)) {
      try {
        return LinearPrimitives.convolution(
            Layout.any(from), weights, Layout.any(to), window.geometry(), true, after);
      } catch (OneDnnException e) {
        // No Winograd for this shape or processor: the direct way below.
      }
    }
    return LinearPrimitives.convolution(
        Layout.any(from), weights, Layout.any(to), window.geometry(), false, after);
  }

  /**
   * @param result what the step makes, {@code [1,c,h,w]}
   */
  private boolean suitsWinograd(Convolution layer, long[] result) {
    Window window = layer.window();
    long tiles = ((result[2] + TILE - 1) / TILE) * ((result[3] + TILE - 1) / TILE);
    return compilation.network().precision() == Precision.FAST
        && tiles >= TILES
        && Math.min(layer.neurons(), layer.weights().size(1)) >= CHANNELS
        && layer.groups() == 1
        && window.height() == 3
        && window.width() == 3
        && window.strideY() == 1
        && window.strideX() == 1
        && !window.dilated();
  }

  /**
   * {@code W'g}.
   *
   * @param shape of the input for one example
   */
  int transposed(LinearLayer layer, int message, long[] shape) {
    if (layer instanceof Convolution convolution) {
      return TapKernels.suits(convolution)
          ? byTap(convolution, message, shape)
          : transposed(convolution, message, shape);
    }
    return transposed(layer.weights(), message, shape);
  }

  private int byTap(Convolution layer, int message, long[] shape) {
    Convolution byTap = TapKernels.byTap(layer.weights());
    compilation.passing(byTap.weights());
    long[] outputs = program.layout(message).shape();
    outputs[1] = byTap.neurons();
    int taps = compilation.plain(forward(byTap, message, outputs, false));
    int result = program.array(Layout.plain(shape));
    program.step(TapKernels.adding(layer.window(), outputs, shape), taps, result);
    return result;
  }

  /** A dense layer with the transposed weights: one example's own adjoint is half as fast. */
  private int transposed(INDArray weights, int message, long[] shape) {
    long k = weights.size(0);
    long d = weights.size(1);
    Primitive primitive =
        LinearPrimitives.product(Layout.any(1, k), Layout.any(d, k), Layout.any(shape));
    return program.result(
        primitive,
        DESTINATION,
        SOURCE,
        message,
        WEIGHTS,
        compilation.constant(weights, Layout.transposed(k, d), primitive.layout(WEIGHTS)));
  }

  private int transposed(Convolution layer, int message, long[] shape) {
    if (suitsWinograd(layer, shape) && hasAdjoint(layer.window())) {
      Convolution adjoint = adjoint(layer);
      compilation.passing(adjoint.weights());
      return forward(adjoint, message, shape, false);
    }
    Primitive primitive =
        LinearPrimitives.convolutionTransposed(
            Layout.any(shape),
            Layout.any(shape(layer)),
            Layout.any(program.layout(message).shape()),
            layer.window().geometry());
    return program.result(
        primitive,
        SOURCE_GRADIENT,
        DESTINATION_GRADIENT,
        message,
        WEIGHTS,
        weights(layer, primitive));
  }

  private static boolean hasAdjoint(Window window) {
    return Math.max(
            Math.max(window.top(), window.bottom()), Math.max(window.left(), window.right()))
        < window.height();
  }

  /**
   * The transpose of a 3x3 convolution as a convolution, for which oneDNN's Winograd kernels take
   * weights that are transformed already.
   */
  private static Convolution adjoint(Convolution layer) {
    INDArray turned = Convolution.turned(layer.weights(), 1);
    int last = layer.window().height() - 1;
    Window window = layer.window();
    Window over =
        Window.square(last + 1)
            .pad(
                last - window.top(),
                last - window.left(),
                last - window.bottom(),
                last - window.right());
    return new Convolution(turned, Nd4j.zeros(turned.dataType(), turned.size(0)), over);
  }
}
