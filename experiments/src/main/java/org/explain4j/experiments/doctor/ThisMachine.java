package org.explain4j.experiments.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.explain4j.experiments.results.Environment;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.reports.pictures.BundledFont;
import org.nd4j.linalg.factory.Nd4j;

/** The machine that runs this. */
record ThisMachine() implements Machine {

  @Override
  public String property(String name) {
    return System.getProperty(name, "");
  }

  @Override
  public String variable(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "");
  }

  @Override
  public long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  @Override
  public long memory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  @Override
  public int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public long space(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public void write(Path folder) throws IOException {
    Files.delete(Files.write(Files.createTempFile(folder, "explain4j", ".tmp"), new byte[4096]));
  }

  @Override
  public void font() throws IOException {
    try {
      BundledFont.get();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Natives natives() {
    return new Natives(
        Nd4j.getBackend().getClass().getSimpleName(),
        Nd4j.getExecutioner().getEnvironmentInformation().getProperty("blas.vendor", "unknown"),
        Environment.blasThreads(),
        OneDnn.version());
  }
}
