package org.explain4j.network.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Memory and native handles that are freed together. */
final class Arena implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final List<Runnable> frees = new ArrayList<>();

  /** The address of so many bytes, zero at first, on a boundary of cache lines. */
  long allocate(long bytes) {
    BytePointer block = new BytePointer(bytes + ALIGNMENT);
    frees.add(block::deallocate);
    Pointer.memset(block, 0, bytes + ALIGNMENT);
    return (block.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** So many float32 numbers of this arena, from an address on. */
  static FloatBuffer numbers(long address, long count) {
    Pointer start = new Address().at(address);
    return new FloatPointer(start).capacity(count).asByteBuffer().asFloatBuffer();
  }

  /** A handle to memory at an address, which may be set later. */
  Tensor tensor(Layout layout, long address) {
    dnnl_memory memory = new dnnl_memory();
    OneDnn.check(
        dnnl.dnnl_memory_create(
            memory, layout.descriptor(), OneDnn.engine(), new Address().at(address)),
        "take memory");
    frees.add(() -> dnnl.dnnl_memory_destroy(memory));
    return new Tensor(memory);
  }

  @Override
  public void close() {
    for (int i = frees.size() - 1; i >= 0; i--) {
      frees.get(i).run();
    }
    frees.clear();
  }

  /** A pointer that can be moved without making a new object. */
  private static final class Address extends Pointer {
    Address() {
      super((Pointer) null);
    }

    Address at(long place) {
      address = place;
      return this;
    }
  }

  /** Memory as oneDNN sees it. */
  static final class Tensor {
    private final dnnl_memory memory;
    private final Address address = new Address();

    Tensor(dnnl_memory memory) {
      this.memory = memory;
    }

    dnnl_memory memory() {
      return memory;
    }

    /** Moves the handle to other memory. */
    void at(long place) {
      OneDnn.check(
          dnnl.dnnl_memory_set_data_handle(memory, address.at(place)), "move to other memory");
    }
  }
}
