package org.explain4j.experiments.device;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.cpu.nativecpu.buffer.FloatBuffer;

/** Floats on the {@link Device}. */
final class DeviceFloats extends FloatBuffer implements Device.OnDevice {
  private final transient Device.Key key = new Device.Key();

  DeviceFloats(long length, boolean initialize) {
    super(length, initialize);
  }

  DeviceFloats(long length, boolean initialize, MemoryWorkspace workspace) {
    super(length, initialize, workspace);
  }

  DeviceFloats(DataBuffer of, long length, long offset) {
    super(of, length, offset);
  }

  DeviceFloats(Pointer pointer, Indexer indexer, long length) {
    super(pointer, indexer, length);
  }

  @Override
  public Device.Key key() {
    return key;
  }

  @Override
  public Pointer pointer() {
    look();
    return super.pointer();
  }

  @Override
  public Pointer addressPointer() {
    look();
    return super.addressPointer();
  }

  @Override
  public long address() {
    look();
    return super.address();
  }

  @Override
  public ByteBuffer asNio() {
    look();
    return super.asNio();
  }

  @Override
  public java.nio.FloatBuffer asNioFloat() {
    look();
    return super.asNioFloat();
  }

  @Override
  public java.nio.IntBuffer asNioInt() {
    look();
    return super.asNioInt();
  }

  private void look() {
    if (key != null) { // else it is being made
      Device.look(this);
    }
  }
}
