package org.explain4j.models.onnx;

import java.util.Arrays;
import java.util.stream.LongStream;
import onnx.Onnx.TensorProto.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a name in an ONNX graph stands for while the graph is translated. */
sealed interface OnnxValue {

  /**
   * Output of a node of the network.
   *
   * @param layout how the file sees it
   * @param softMax whether the file sees its soft-max, which is only good at the end of the graph
   * @param moved the node of the file that moved its entries last, or nothing
   */
  record Tensor(String node, Layout layout, boolean softMax, String moved) implements OnnxValue {

    Tensor(String node, Layout layout) {
      this(node, layout, false, "");
    }

    /** The same numbers in another order or shape. */
    Tensor moved(Layout other, String by) {
      return new Tensor(node, other, softMax, by);
    }

    /** The same entries of another node. */
    Tensor at(String other) {
      return new Tensor(other, layout, softMax, moved);
    }

    long[] shape() {
      return layout.shape();
    }
  }

  /** Numbers that do not depend on the input, in row-major order. */
  sealed interface Constant extends OnnxValue {
    long[] shape();

    /**
     * A constant of some of the entries.
     *
     * @param places index of each entry of the result
     */
    Constant taken(long[] shape, int... places);

    /** The same entries in another shape. */
    Constant reshaped(long... shape);

    /** All entries. */
    double[] numbers();

    default int length() {
      return Math.toIntExact(LongStream.of(shape()).reduce(1, Math::multiplyExact));
    }
  }

  /** Weights and other floating-point numbers; float32. */
  record Floats(INDArray array) implements Constant {

    /** From numbers in row-major order; of no numbers it is an empty array. */
    static Floats of(float[] values, long... shape) {
      if (values.length == 0) {
        return new Floats(Nd4j.empty(org.nd4j.linalg.api.buffer.DataType.FLOAT));
      }
      return new Floats(
          shape.length == 0
              ? Nd4j.scalar(values[0])
              : Nd4j.createFromArray(values).reshape('c', shape));
    }

    @Override
    public long[] shape() {
      return array.isEmpty() ? new long[] {0} : array.shape();
    }

    private float[] values() {
      return array.isEmpty() ? new float[0] : array.dup('c').data().asFloat();
    }

    @Override
    public Floats taken(long[] shape, int... places) {
      float[] from = values();
      float[] to = new float[places.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = from[places[i]];
      }
      return of(to, shape);
    }

    @Override
    public Floats reshaped(long... shape) {
      return array.isEmpty() ? this : new Floats(array.reshape('c', shape));
    }

    @Override
    public double[] numbers() {
      return array.isEmpty() ? new double[0] : array.dup('c').data().asDouble();
    }
  }

  /**
   * Whole numbers, such as those that say something of shapes, and truth values.
   *
   * @param type as the file has it
   */
  record Integers(long[] shape, long[] values, DataType type) implements Constant {

    static Integers vector(long... values) {
      return new Integers(new long[] {values.length}, values, DataType.INT64);
    }

    static Integers scalar(long value) {
      return new Integers(new long[0], new long[] {value}, DataType.INT64);
    }

    @Override
    public Integers taken(long[] shape, int... places) {
      return new Integers(
          shape, Arrays.stream(places).mapToLong(place -> values[place]).toArray(), type);
    }

    @Override
    public Integers reshaped(long... shape) {
      return new Integers(shape, values, type);
    }

    @Override
    public double[] numbers() {
      return LongStream.of(values).asDoubleStream().toArray();
    }
  }
}
