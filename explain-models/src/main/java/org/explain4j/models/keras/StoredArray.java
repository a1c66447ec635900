package org.explain4j.models.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.explain4j.network.arrays.HostMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array of numbers in an HDF5 file, not read yet.
 *
 * @param path in the file, as errors call it
 */
record StoredArray(String path, Dataset dataset) {
  /** Rows of a matrix that are turned into columns at a time: a block stays in the caches. */
  private static final int BLOCK = 64;

  List<Long> shape() {
    return Arrays.stream(dataset.getDimensions()).mapToObj(size -> (long) size).toList();
  }

  /** The numbers in row-major order, as float32. */
  INDArray read() {
    return Nd4j.createFromArray(floats()).reshape('c', sizes());
  }

  /**
   * {@code [m,n]} as {@code [n,m]}, in row-major order. Large matrices are turned block by block,
   * so that no second copy of them is needed.
   */
  INDArray transposed() {
    int rows = dataset.getDimensions()[0];
    int columns = dataset.getDimensions()[1];
    FloatBuffer source = isPlain() ? plain() : FloatBuffer.wrap(floats());
    INDArray target = Nd4j.createUninitialized(DataType.FLOAT, new long[] {columns, rows}, 'c');
    float[] block = new float[Math.multiplyExact(BLOCK, columns)];
    float[] part = new float[BLOCK];
    FloatBuffer out = HostMemory.floats(target);
    for (int from = 0; from < rows; from += BLOCK) {
      int count = Math.min(BLOCK, rows - from);
      source.get(block, 0, count * columns);
      for (int column = 0; column < columns; column++) {
        for (int row = 0; row < count; row++) {
          part[row] = block[row * columns + column];
        }
        out.put(Math.multiplyExact(column, rows) + from, part, 0, count);
      }
    }
    return HostMemory.written(target);
  }

  private long[] sizes() {
    return shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** Whether the numbers lie in the file one after the other as float32. */
  private boolean isPlain() {
    return dataset instanceof ContiguousDataset
        && dataset.getFilters().isEmpty()
        && dataset.getStorageInBytes() == dataset.getSizeInBytes()
        && dataset.getDataType() instanceof FloatingPoint type
        && type.getJavaType() == float.class
        && type.getSize() == Float.BYTES;
  }

  private FloatBuffer plain() {
    ByteBuffer bytes = ((ContiguousDataset) dataset).getBuffer();
    ByteOrder order = ((FloatingPoint) dataset.getDataType()).getByteOrder();
    return bytes.order(order).asFloatBuffer();
  }

  private float[] floats() {
    Object data = dataset.getDataFlat();
    if (data instanceof float[] floats) {
      return floats;
    }
    if (data instanceof double[] doubles) {
      float[] floats = new float[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
      return floats;
    }
    Attribute type = dataset.getAttribute("dtype");
    if (type != null && "bfloat16".equals(Hdf5.text(type)) && data instanceof int[] halves) {
      float[] floats = new float[halves.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = Float.intBitsToFloat(halves[i] << 16); // the upper half of a float32
      }
      return floats;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Its array '%s' holds %s, not floating-point numbers.",
            path,
            data == null ? "nothing" : dataset.getDataType().getClass().getSimpleName()));
  }
}
