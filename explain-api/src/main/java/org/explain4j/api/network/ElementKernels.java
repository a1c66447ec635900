package org.explain4j.api.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/** Element-wise kernels. */
final class ElementKernels {
  private ElementKernels() {}

  static INDArray relu(INDArray input) {
    INDArray output = Nd4j.createUninitialized(input.dataType(), input.shape(), 'c');
    Nd4j.exec(new RectifiedLinear(input, output, 0.0));
    return output;
  }

  /** {@code gradient} where {@code output > 0}, else 0. */
  static INDArray gate(INDArray output, INDArray gradient) {
    INDArray result = Nd4j.createUninitialized(gradient.dataType(), gradient.shape(), 'c');
    int length = planeLength(gradient);
    Planes gates = Planes.reading(output, length);
    Planes in = Planes.reading(gradient, length);
    Planes out = Planes.writing(result, length);
    Planes.inParallel(
        in.count(),
        (from, to) -> {
          Planes.Scratch gate = gates.scratch();
          Planes.Scratch message = in.scratch();
          for (int plane = from; plane < to; plane++) {
            double[] open = gates.read(plane, gate);
            double[] values = in.read(plane, message);
            for (int i = 0; i < length; i++) {
              values[i] = open[i] > 0 ? values[i] : 0;
            }
            out.write(plane, message);
          }
        });
    return out.written();
  }

  /** One channel of one image, or one vector. */
  private static int planeLength(INDArray array) {
    return Math.toIntExact(
        array.length() / array.size(0) / (array.rank() == 4 ? array.size(1) : 1));
  }
}
