package org.explain4j.network.onednn;

import java.util.stream.IntStream;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** A shape and how its float32 numbers lie in memory. */
public final class Layout {
  private final dnnl_memory_desc_t descriptor;
  private final long[] shape;

  private Layout(dnnl_memory_desc_t descriptor, long[] shape) {
    this.descriptor = descriptor;
    this.shape = shape.clone();
  }

  /** Row-major, as ND4J's c-ordered arrays. */
  public static Layout plain(long... shape) {
    int[] order = IntStream.range(0, shape.length).toArray();
    return ordered(shape, order);
  }

  /** A matrix {@code [columns,rows]} that lies in memory as a row-major {@code [rows,columns]}. */
  public static Layout transposed(long rows, long columns) {
    return ordered(new long[] {columns, rows}, new int[] {1, 0});
  }

  /** Images {@code [1,c,h,w]} with all channels of a pixel beside each other. */
  public static Layout channelsLast(long... shape) {
    return ordered(shape, new int[] {0, 2, 3, 1});
  }

  /**
   * Row-major images {@code [1,c,h,w]} seen with their axes in another order.
   *
   * @param shape of the images
   * @param axes 0, 1 and 2 stand for c, h and w: axis i of what is seen is axis {@code axes[i]}
   */
  public static Layout permuted(long[] shape, int... axes) {
    long[] seen = {shape[0], shape[axes[0] + 1], shape[axes[1] + 1], shape[axes[2] + 1]};
    int[] order = new int[4]; // of the axes seen, the slowest first
    for (int i = 0; i < axes.length; i++) {
      order[axes[i] + 1] = i + 1;
    }
    return ordered(seen, order);
  }

  /** A layout of the same kind, plain or in blocks of channels, for another shape. */
  public static Layout like(Layout layout, long... shape) {
    for (int block : new int[] {16, 8}) {
      if (layout.shape.length == 4 && layout.fits(channels(block, layout.shape))) {
        return channels(block, shape);
      }
    }
    return plain(shape);
  }

  private static Layout ordered(long[] shape, int[] order) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[order[i]] = stride;
      stride *= shape[order[i]];
    }
    dnnl_memory_desc_t descriptor = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_strides(
            descriptor, shape.length, shape, dnnl.dnnl_f32, strides),
        "describe an array");
    return new Layout(descriptor, shape);
  }

  /** Whatever a primitive likes best; ask it which. */
  public static Layout any(long... shape) {
    dnnl_memory_desc_t descriptor = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_tag(
            descriptor, shape.length, shape, dnnl.dnnl_f32, dnnl.dnnl_format_tag_any),
        "describe an array");
    return new Layout(descriptor, shape);
  }

  /**
   * Images {@code [1,c,h,w]} with 16 channels beside each other, or 8, as primitives for AVX-512 or
   * AVX2 like them; several of them lie one after the other in memory.
   */
  public static Layout channels(int block, long... shape) {
    dnnl_memory_desc_t descriptor = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_tag(
            descriptor,
            shape.length,
            shape,
            dnnl.dnnl_f32,
            block == 16 ? dnnl.dnnl_nChw16c : dnnl.dnnl_nChw8c),
        "describe an array");
    return new Layout(descriptor, shape);
  }

  /** A box of this array, in the same memory. */
  public Layout part(long[] partShape, long[] offsets) {
    dnnl_memory_desc_t part = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_submemory(part, descriptor, partShape, offsets),
        "describe a part of an array");
    return new Layout(part, partShape);
  }

  /** A copy of a descriptor that a primitive owns. */
  static Layout of(dnnl_memory_desc_t owned) {
    dnnl_memory_desc_t copy = new dnnl_memory_desc_t();
    Pointer.memcpy(copy, owned, copy.sizeof());
    long[] shape = new long[copy.ndims()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = copy.dims().get(i);
    }
    return new Layout(copy, shape);
  }

  dnnl_memory_desc_t descriptor() {
    return descriptor;
  }

  /** The numbers of the array, without what a layout adds. */
  public long[] shape() {
    return shape.clone();
  }

  /** Bytes of memory, with what the layout adds. */
  public long bytes() {
    return dnnl.dnnl_memory_desc_get_size(descriptor);
  }

  /** Whether memory can be handed from one to the other without a reorder. */
  public boolean fits(Layout other) {
    return dnnl.dnnl_memory_desc_equal(descriptor, other.descriptor) != 0;
  }
}
