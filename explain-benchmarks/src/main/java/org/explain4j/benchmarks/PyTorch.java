package org.explain4j.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * PyTorch in a process of its own, which works when asked to and sleeps otherwise: the two take
 * turns within one run. It needs {@code python3} with PyTorch on the path (Debian: python3-torch).
 */
final class PyTorch implements EngineCosts.Rated {
  /** What it can do. */
  static final Set<String> WORKS = Set.of("forward", "gradient", "lrp-epsilon", "deletion");

  private static final String SCRIPT = "network_torch.py";

  private final int batch;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  /**
   * @param network {@code small} or {@code vgg16}
   */
  PyTorch(String network, int batch) throws IOException {
    this.batch = batch;
    int threads = Runtime.getRuntime().availableProcessors();
    Path script = Files.createTempFile("torch", ".py");
    script.toFile().deleteOnExit();
    try (InputStream in = PyTorch.class.getResourceAsStream(SCRIPT)) {
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    ProcessBuilder builder =
        new ProcessBuilder("python3", script.toString(), network, "" + batch, "" + threads)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", "" + threads);
    process = builder.start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Does the work once.
   *
   * @param work one of {@link #WORKS}
   */
  void run(String work) {
    try {
      questions.write(work + "\n");
      questions.flush();
      if (answers.readLine() == null) {
        throw new IOException("PyTorch's process has ended; its output is above.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public double rate(String work, double seconds) {
    long begin = System.nanoTime();
    long count = 0;
    do {
      run(EngineWorker.plain(work));
      count++;
    } while (System.nanoTime() - begin < seconds * 1e9);
    return count * batch * 1e9 / (System.nanoTime() - begin);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
