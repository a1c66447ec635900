package org.explain4j.experiments.device;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuAffinityManager;

/** Copies between host and {@link Device}. */
public final class DeviceAffinity extends CpuAffinityManager {
  @Override
  public void ensureLocation(INDArray array, Location location) {
    if (location != Location.DEVICE) {
      Device.toHost(array.data());
    }
  }
}
