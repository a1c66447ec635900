package org.explain4j.experiments.device;

import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.api.buffer.DataBuffer;

/** The memory of a device that Java cannot look into: what is on the host must be asked for. */
final class Device {
  private static final StackWalker CALLERS = StackWalker.getInstance();

  private Device() {}

  /** Whether a buffer was asked for, by threads side by side. */
  static final class Key {
    private final AtomicInteger asked = new AtomicInteger();

    void ask() {
      asked.incrementAndGet();
    }

    /** Once for each time that it was asked for: anything may run on the device in between. */
    boolean take() {
      return asked.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
    }
  }

  /** A buffer of this device. */
  interface OnDevice {
    Key key();
  }

  static void toHost(DataBuffer buffer) {
    if (buffer instanceof OnDevice device) {
      device.key().ask();
    }
  }

  /** Refuses Explain4J's code a look at memory that it has not asked for; ND4J's own may. */
  static void look(OnDevice buffer) {
    boolean ours =
        CALLERS
            .walk(
                frames ->
                    frames
                        .map(StackWalker.StackFrame::getClassName)
                        .filter(name -> !name.startsWith("org.explain4j.experiments.device."))
                        .findFirst())
            .filter(name -> name.startsWith("org.explain4j."))
            .isPresent();
    if (ours && !buffer.key().take()) {
      throw new IllegalStateException("These numbers are on the device, not on the host.");
    }
  }
}
