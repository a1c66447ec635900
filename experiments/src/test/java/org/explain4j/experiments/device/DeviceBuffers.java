package org.explain4j.experiments.device;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.cpu.nativecpu.buffer.DefaultDataBufferFactory;

/** Floating-point buffers on the {@link Device}. */
public final class DeviceBuffers extends DefaultDataBufferFactory {
  @Override
  public DataBuffer create(DataType type, long length, boolean initialize) {
    return switch (type) {
      case FLOAT -> new DeviceFloats(length, initialize);
      case DOUBLE -> new DeviceDoubles(length, initialize);
      default -> super.create(type, length, initialize);
    };
  }

  @Override
  public DataBuffer create(
      DataType type, long length, boolean initialize, MemoryWorkspace workspace) {
    return switch (type) {
      case FLOAT -> new DeviceFloats(length, initialize, workspace);
      case DOUBLE -> new DeviceDoubles(length, initialize, workspace);
      default -> super.create(type, length, initialize, workspace);
    };
  }

  @Override
  public DataBuffer create(DataBuffer of, long offset, long length) {
    return switch (of.dataType()) {
      case FLOAT -> new DeviceFloats(of, length, offset);
      case DOUBLE -> new DeviceDoubles(of, length, offset);
      default -> super.create(of, offset, length);
    };
  }
}
