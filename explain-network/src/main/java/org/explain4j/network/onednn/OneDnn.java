package org.explain4j.network.onednn;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Whether oneDNN is available, and what all its users share. */
public final class OneDnn {
  /** System property that turns it off, for comparisons with what serves in its place. */
  private static final boolean WANTED =
      Boolean.parseBoolean(System.getProperty("explain4j.onednn", "true"));

  /** Null where there is no native library for this platform, or it is not wanted. */
  private static final dnnl_engine ENGINE = WANTED ? load() : null;

  private static final ThreadLocal<dnnl_stream> STREAM = ThreadLocal.withInitial(OneDnn::newStream);

  private OneDnn() {}

  /**
   * If it is not available, or arrays are on a GPU, callers use ND4J's operations, or for products
   * the BLAS library.
   */
  public static boolean isAvailable() {
    return ENGINE != null && Nd4j.getEnvironment().isCPU();
  }

  /**
   * Whether primitives are made of AVX-512's instructions; a setting of oneDNN may rule them out.
   */
  public static boolean hasAvx512() {
    int wide = dnnl.dnnl_cpu_isa_avx512_core;
    return isAvailable() && (dnnl.dnnl_get_effective_cpu_isa() & wide) == wide;
  }

  /** Which it is and the instructions it may use; {@code none} where ND4J's operations serve. */
  public static String version() {
    if (!isAvailable()) {
      return "none";
    }
    dnnl_version_t version = dnnl.dnnl_version();
    String instructions = hasAvx512() ? "AVX-512" : "up to AVX2";
    return version.major() + "." + version.minor() + "." + version.patch() + ", " + instructions;
  }

  private static dnnl_engine load() {
    try {
      dnnl_engine engine = new dnnl_engine();
      check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0), "create its engine");
      return engine;
    } catch (LinkageError e) {
      return null;
    }
  }

  static dnnl_engine engine() {
    return ENGINE;
  }

  /** The calling thread's; streams live as long as their threads, of which there are few. */
  static dnnl_stream stream() {
    return STREAM.get();
  }

  private static dnnl_stream newStream() {
    dnnl_stream stream = new dnnl_stream();
    check(
        dnnl.dnnl_stream_create(stream, ENGINE, dnnl.dnnl_stream_default_flags), "create a stream");
    return stream;
  }

  /**
   * Gives the calling thread one OpenMP thread: results must not depend on their number, and
   * threads that wait for each other spin.
   *
   * @return how many it had
   */
  static int oneThread() {
    int before = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    if (before != 1) {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }
    return before;
  }

  /** Sets the calling thread's number of OpenMP threads. */
  static void threads(int threads) {
    if (threads != 1) {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }
  }

  static void check(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new OneDnnException(status, what);
    }
  }
}
