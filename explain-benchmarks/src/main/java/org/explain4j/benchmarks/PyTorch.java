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

/**
 * PyTorch in a process of its own, which works when asked to and sleeps otherwise: the two take
 * turns within one run. It needs {@code python3} with PyTorch on the path (Debian: python3-torch).
 */
final class PyTorch implements AutoCloseable {
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  PyTorch(int batch, int threads) throws IOException {
    this("vgg16_torch.py", batch, threads);
  }

  /** The small network, and deletion curves of its images: {@code deletion}. */
  static PyTorch small(int images, int threads) throws IOException {
    return new PyTorch("deletion_torch.py", images, threads);
  }

  private PyTorch(String resource, int batch, int threads) throws IOException {
    Path script = Files.createTempFile("torch", ".py");
    script.toFile().deleteOnExit();
    try (InputStream in = PyTorch.class.getResourceAsStream(resource)) {
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    ProcessBuilder builder =
        new ProcessBuilder("python3", script.toString(), "" + batch, "" + threads)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", "" + threads);
    process = builder.start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Does the work once.
   *
   * @param work {@code forward}, {@code gradient} or {@code lrp-epsilon}
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
  public void close() {
    process.destroy();
  }
}
