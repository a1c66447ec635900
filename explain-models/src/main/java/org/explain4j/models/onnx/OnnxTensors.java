package org.explain4j.models.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.protobuf.ByteString;

/** Converts between ONNX tensors and arrays. */
final class OnnxTensors {
  private OnnxTensors() {}

  /**
   * @throws IllegalArgumentException if the tensor's type is not supported or its data do not fit
   *     its shape
   */
  static OnnxValue read(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new IllegalArgumentException(
          "The weights '%s' are in another file.\nMaybe save the model with its weights inside."
              .formatted(tensor.getName()));
    }
    long size = 1;
    for (long dimension : tensor.getDimsList()) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "The tensor '%s' has the shape %s.".formatted(tensor.getName(), tensor.getDimsList()));
      }
      size = Math.multiplyExact(size, dimension);
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == TensorProto.DataType.INT64 || type == TensorProto.DataType.INT32) {
      return new OnnxValue.Integers(integers(tensor, type, size), tensor.getDimsCount() == 0);
    }
    float[] values = floats(tensor, type, size);
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    if (size == 0) {
      throw new IllegalArgumentException("The tensor '" + tensor.getName() + "' is empty.");
    }
    return new OnnxValue.Floats(
        shape.length == 0
            ? Nd4j.scalar(values[0])
            : Nd4j.createFromArray(values).reshape('c', shape));
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

  private static long[] integers(TensorProto tensor, TensorProto.DataType type, long size) {
    boolean wide = type == TensorProto.DataType.INT64;
    if (tensor.getRawData().isEmpty()) {
      List<? extends Number> data = wide ? tensor.getInt64DataList() : tensor.getInt32DataList();
      requireCount(tensor, data.size(), size);
      return data.stream().mapToLong(Number::longValue).toArray();
    }
    ByteBuffer raw = raw(tensor, wide ? 8 : 4, size);
    long[] values = new long[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = wide ? raw.getLong() : raw.getInt();
    }
    return values;
  }

  private static float[] floats(TensorProto tensor, TensorProto.DataType type, long size) {
    boolean packed = tensor.getRawData().isEmpty();
    if (type == TensorProto.DataType.FLOAT && packed) {
      requireCount(tensor, tensor.getFloatDataCount(), size);
      return copy(tensor.getFloatDataList());
    }
    if (type == TensorProto.DataType.DOUBLE && packed) {
      requireCount(tensor, tensor.getDoubleDataCount(), size);
      return copy(tensor.getDoubleDataList());
    }
    if (type == TensorProto.DataType.FLOAT) {
      ByteBuffer raw = raw(tensor, 4, size); // first: a damaged shape may ask for any memory
      float[] values = new float[(int) size];
      raw.asFloatBuffer().get(values);
      return values;
    }
    if (type == TensorProto.DataType.DOUBLE) {
      ByteBuffer raw = raw(tensor, 8, size);
      float[] values = new float[(int) size];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) raw.getDouble();
      }
      return values;
    }
    throw new IllegalArgumentException(
        "The tensor '%s' has the type %s; only 32- and 64-bit numbers are supported."
            .formatted(tensor.getName(), type == null ? tensor.getDataType() : type));
  }

  private static float[] copy(List<? extends Number> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return values;
  }

  private static ByteBuffer raw(TensorProto tensor, int width, long size) {
    requireCount(tensor, tensor.getRawData().size(), Math.multiplyExact(size, (long) width));
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireCount(TensorProto tensor, long found, long expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "The tensor '%s' of shape %s needs %d entries or bytes, but there are %d."
              .formatted(tensor.getName(), tensor.getDimsList(), expected, found));
    }
  }
}
