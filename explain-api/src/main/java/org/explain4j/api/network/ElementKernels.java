package org.explain4j.api.network;

import org.explain4j.api.network.Planes.Plane;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/** Element-wise kernels. */
final class ElementKernels {
  private ElementKernels() {}

  static INDArray relu(INDArray input) {
    INDArray output = Buffers.uninitialized(input, input.shape());
    Workers.run(
        input.size(0),
        input.length() / input.size(0),
        (from, to) ->
            Nd4j.exec(
                new RectifiedLinear(
                    Workers.slice(input, from, to), Workers.slice(output, from, to), 0.0)));
    return output;
  }

  /** {@code gradient} where {@code output > 0}, else 0. */
  static INDArray gate(INDArray output, INDArray gradient) {
    INDArray result = Buffers.uninitialized(gradient, gradient.shape());
    Planes gates = Planes.reading(output, planeLength(gradient));
    Planes in = Planes.reading(gradient, planeLength(gradient));
    Planes out = Planes.writing(result, planeLength(gradient));
    out.inParallel(
        (from, to) -> {
          Plane gate = gates.plane();
          Plane message = in.plane();
          Plane target = out.plane();
          for (int p = from; p < to; p++) {
            target.gated(message.load(p), gate.load(p));
            target.store(p);
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
