package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import onnx.Onnx.TensorProto;
import org.explain4j.models.onnx.OnnxValue.Constant;
import org.explain4j.models.onnx.OnnxValue.Floats;
import org.explain4j.models.onnx.OnnxValue.Integers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** Converts between ONNX tensors and arrays. */
final class OnnxTensors {
  private OnnxTensors() {}

  /**
   * How a type of numbers is stored.
   *
   * @param width bytes of a number in raw data
   * @param entries where numbers are that are not in raw data
   */
  private record Real(
      int width,
      ToDoubleFunction<ByteBuffer> raw,
      Function<TensorProto, List<? extends Number>> entries,
      ToDoubleFunction<Number> entry) {}

  private record Whole(
      int width,
      ToLongFunction<ByteBuffer> raw,
      Function<TensorProto, List<? extends Number>> entries) {}

  private static final Map<TensorProto.DataType, Real> REALS =
      Map.of(
          TensorProto.DataType.FLOAT,
          new Real(4, ByteBuffer::getFloat, TensorProto::getFloatDataList, Number::doubleValue),
          TensorProto.DataType.DOUBLE,
          new Real(8, ByteBuffer::getDouble, TensorProto::getDoubleDataList, Number::doubleValue),
          TensorProto.DataType.FLOAT16,
          new Real(
              2,
              raw -> half(raw.getShort()),
              TensorProto::getInt32DataList,
              bits -> half(bits.shortValue())),
          TensorProto.DataType.BFLOAT16,
          new Real(
              2,
              raw -> brain(raw.getShort()),
              TensorProto::getInt32DataList,
              bits -> brain(bits.shortValue())));

  private static final Map<TensorProto.DataType, Whole> WHOLES =
      Map.of(
          TensorProto.DataType.INT64,
          new Whole(8, ByteBuffer::getLong, TensorProto::getInt64DataList),
          TensorProto.DataType.INT32,
          new Whole(4, ByteBuffer::getInt, TensorProto::getInt32DataList),
          TensorProto.DataType.INT16,
          new Whole(2, ByteBuffer::getShort, TensorProto::getInt32DataList),
          TensorProto.DataType.INT8,
          new Whole(1, ByteBuffer::get, TensorProto::getInt32DataList),
          TensorProto.DataType.UINT8,
          new Whole(1, raw -> raw.get() & 0xff, TensorProto::getInt32DataList),
          TensorProto.DataType.UINT16,
          new Whole(2, raw -> raw.getShort() & 0xffff, TensorProto::getInt32DataList),
          TensorProto.DataType.UINT32,
          new Whole(4, raw -> raw.getInt() & 0xffffffffL, TensorProto::getUint64DataList),
          TensorProto.DataType.BOOL,
          new Whole(1, ByteBuffer::get, TensorProto::getInt32DataList));

  /**
   * @throws IllegalArgumentException if the tensor's type is not supported or its data do not fit
   *     its shape
   */
  static Constant read(TensorProto tensor, WeightFiles files, Scope scope) {
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    long size = 1;
    for (long dimension : shape) {
      require(
          dimension >= 0,
          "The tensor '%s' has the shape %s.",
          tensor.getName(),
          tensor.getDimsList());
      size = Math.multiplyExact(size, dimension);
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (WHOLES.containsKey(type)) {
      return new Integers(shape, integers(tensor, WHOLES.get(type), size, files), type);
    }
    require(
        REALS.containsKey(type),
        "The tensor '%s' has the type %s; numbers of 8 to 64 bits are supported.",
        tensor.getName(),
        type == null ? tensor.getDataType() : type);
    if (type != TensorProto.DataType.FLOAT && size > 1) {
      scope.note(
          String.format(Locale.ROOT, "Weights of the type %s are computed with in float32.", type));
    }
    return Floats.of(floats(tensor, REALS.get(type), size, files), shape);
  }

  private static long[] integers(TensorProto tensor, Whole type, long size, WeightFiles files) {
    if (!isRaw(tensor)) {
      List<? extends Number> data = type.entries().apply(tensor);
      requireCount(tensor, data.size(), size);
      return data.stream().mapToLong(Number::longValue).toArray();
    }
    ByteBuffer raw = raw(tensor, type.width(), size, files); // first: the shape may be damaged
    long[] values = new long[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.raw().applyAsLong(raw);
    }
    return values;
  }

  private static float[] floats(TensorProto tensor, Real type, long size, WeightFiles files) {
    if (!isRaw(tensor)) {
      List<? extends Number> data = type.entries().apply(tensor);
      requireCount(tensor, data.size(), size);
      float[] values = new float[data.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) type.entry().applyAsDouble(data.get(i));
      }
      return values;
    }
    ByteBuffer raw = raw(tensor, type.width(), size, files); // first: the shape may be damaged
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) type.raw().applyAsDouble(raw);
    }
    return values;
  }

  private static boolean isRaw(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || !tensor.getRawData().isEmpty();
  }

  private static ByteBuffer raw(TensorProto tensor, int width, long size, WeightFiles files) {
    long bytes = Math.multiplyExact(size, (long) width);
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return files.read(tensor, bytes);
    }
    requireCount(tensor, tensor.getRawData().size(), bytes);
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireCount(TensorProto tensor, long found, long expected) {
    require(
        found == expected,
        "The tensor '%s' of shape %s needs %d entries or bytes, but there are %d.",
        tensor.getName(),
        tensor.getDimsList(),
        expected,
        found);
  }

  /** A number of IEEE 754 with 5 bits of exponent and 10 of fraction. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (fraction | 0x400), exponent - 25);
        };
    return bits < 0 ? -size : size;
  }

  /** The upper half of a float32. */
  private static double brain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The array in row-major order and its own type, float32 or float64. */
  static TensorProto write(String name, INDArray array) {
    boolean wide = array.dataType() == DataType.DOUBLE;
    TensorProto.DataType type = wide ? TensorProto.DataType.DOUBLE : TensorProto.DataType.FLOAT;
    INDArray rows = array.dup('c');
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(array.length(), wide ? 8L : 4L)))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (wide) {
      bytes.asDoubleBuffer().put(rows.data().asDouble());
    } else {
      bytes.asFloatBuffer().put(rows.data().asFloat());
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long dimension : array.shape()) {
      tensor.addDims(dimension);
    }
    return tensor.setRawData(ByteString.copyFrom(bytes.array())).build();
  }
}
