package org.explain4j.methods.rules;

import java.util.Arrays;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear layer written out: every connection's weight, so that rules are loops over i and j. */
final class SlowTwin {
  final double[][] w; // [output j][input i]; absent connections are NaN
  final double[] b;
  final double[] x;

  /** Contribution of an input to an output. */
  interface Share {
    double of(double x, double w);
  }

  SlowTwin(LinearLayer layer, INDArray example) {
    x = example.dup('c').data().asDouble();
    if (layer instanceof Dense dense) {
      w = dense.weights().toDoubleMatrix();
      b = dense.bias().toDoubleVector();
    } else {
      Convolution convolution = (Convolution) layer;
      int outputs = (int) convolution.forward(example).length();
      w = new double[outputs][x.length];
      b = new double[outputs];
      write(convolution, (int) example.size(2), (int) example.size(3));
    }
  }

  private void write(Convolution layer, int h, int width) {
    Window window = layer.window();
    int ow = (int) window.outputWidth(width, false);
    int places = (int) window.outputHeight(h, false) * ow;
    for (int j = 0; j < w.length; j++) {
      Arrays.fill(w[j], Double.NaN);
      int k = j / places;
      b[j] = layer.bias().getDouble(k);
      for (int c = 0; c < layer.weights().size(1); c++) {
        for (int dy = 0; dy < window.height(); dy++) {
          for (int dx = 0; dx < window.width(); dx++) {
            int y = j % places / ow * window.strideY() - window.top() + dy;
            int column = j % ow * window.strideX() - window.left() + dx;
            if (y >= 0 && y < h && column >= 0 && column < width) {
              w[j][(c * h + y) * width + column] = layer.weights().getDouble(k, c, dy, dx);
            }
          }
        }
      }
    }
  }

  boolean connected(int j, int i) {
    return !Double.isNaN(w[j][i]);
  }

  /** z_j with the bias. */
  double output(int j) {
    return sum(j, (xi, wij) -> xi * wij) + b[j];
  }

  double sum(int j, Share share) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += connected(j, i) ? share.of(x[i], w[j][i]) : 0;
    }
    return sum;
  }

  /** Adds {@code factor * share_ij / (denominator + sign epsilon)} to each input's relevance. */
  void give(double[] relevance, int j, Share share, double denominator, double factor) {
    for (int i = 0; i < x.length; i++) {
      if (connected(j, i) && factor != 0) {
        relevance[i] += factor * share.of(x[i], w[j][i]) / denominator;
      }
    }
  }
}
