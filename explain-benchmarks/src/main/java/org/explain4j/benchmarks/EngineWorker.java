package org.explain4j.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Subject;
import org.explain4j.models.onnx.OnnxReader;
import org.explain4j.models.onnx.OnnxWriter;
import org.explain4j.network.Network;
import org.explain4j.network.Precision;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A process that does one engine's work when asked to, and sleeps otherwise. */
final class EngineWorker implements EngineCosts.Rated {
  /** The work that every engine has. */
  static final String FORWARD = "forward";

  private static final String FAST = "fast:";
  private static final String READY = "ready";

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private EngineWorker(Process process) {
    this.process = process;
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Who computes. */
  enum Engine {
    ONEDNN,
    ND4J,
    ONNX_RUNTIME,
    PYTORCH;

    /** Those with a process of this program's. */
    static final List<Engine> OF_JAVA = List.of(ONEDNN, ND4J, ONNX_RUNTIME);

    boolean has(String work) {
      return switch (this) {
        case ONEDNN, ND4J -> true;
        case ONNX_RUNTIME -> plain(work).equals(FORWARD);
        case PYTORCH -> PyTorch.WORKS.contains(plain(work));
      };
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace("_", "");
    }
  }

  /** The work without the precision that only oneDNN has. */
  static String plain(String work) {
    return work.startsWith(FAST) ? work.substring(FAST.length()) : work;
  }

  /** Starts a process with this one's options. */
  static EngineWorker start(Engine engine, String network, String batch) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dexplain4j.onednn=" + (engine != Engine.ND4J));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EngineWorker.class.getName(), engine.name(), network, batch));
    EngineWorker worker =
        new EngineWorker(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    worker.answer(READY);
    return worker;
  }

  @Override
  public double rate(String work, double seconds) throws IOException {
    questions.write(work + " " + seconds + "\n");
    questions.flush();
    return Double.parseDouble(answer("rate "));
  }

  /** The rest of the next line that begins so; other lines are logs. */
  private String answer(String start) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    throw new IOException("An engine's process has ended; its output is above.");
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Does what it reads, such as {@code forward 1.5}, until there is no more. */
  public static void main(String[] arguments) throws IOException, OrtException {
    Network network = network(arguments[1]);
    INDArray input = RandomNetworks.images(network, Integer.parseInt(arguments[2]));
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (Engine.valueOf(arguments[0]) != Engine.ONNX_RUNTIME) {
      serve(
          questions,
          answers,
          input.size(0),
          work ->
              ours(
                  work.equals(plain(work)) ? network : network.with(Precision.FAST),
                  input,
                  plain(work)));
      return;
    }
    try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = session(environment, network);
        OnnxTensor tensor =
            OnnxTensor.createTensor(environment, input.data().asNioFloat(), input.shape())) {
      Map<String, OnnxTensor> inputs = Map.of(session.getInputNames().iterator().next(), tensor);
      serve(questions, answers, input.size(0), work -> () -> session.run(inputs).close());
    }
  }

  /** A piece of work. */
  @FunctionalInterface
  private interface Work {
    void run() throws OrtException;
  }

  /** Finds work by its name. */
  @FunctionalInterface
  private interface Works {
    Work named(String name);
  }

  private static void serve(BufferedReader questions, PrintStream answers, long batch, Works works)
      throws IOException, OrtException {
    answers.println(READY);
    String name = "";
    Work work = null;
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      String[] words = line.split(" ", -1);
      if (!words[0].equals(name)) {
        name = words[0];
        work = works.named(name);
      }
      long begin = System.nanoTime();
      long end = begin + (long) (Double.parseDouble(words[1]) * 1e9);
      long count = 0;
      do {
        work.run();
        count++;
      } while (System.nanoTime() < end);
      answers.println("rate " + count * batch * 1e9 / (System.nanoTime() - begin));
    }
  }

  private static Work ours(Network network, INDArray input, String work) {
    if (work.equals(FORWARD)) {
      return () -> network.logits(input).close();
    }
    int[] classes = network.predict(input);
    Subject subject =
        Subject.of(network, (estimator, layer) -> MethodCosts.weightsAsPatterns(layer));
    Attributor attributor = Catalog.of(Explainer.class).get(work).bind(subject);
    return () -> attributor.attribute(input, classes).close();
  }

  private static Network network(String name) throws IOException {
    return name.endsWith(".onnx")
        ? new OnnxReader().read(Path.of(name), List.of()).network()
        : RandomNetworks.named(name);
  }

  private static OrtSession session(OrtEnvironment environment, Network network)
      throws IOException, OrtException {
    Path file = Files.createTempFile("network", ".onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OnnxWriter.write(file, network, Preprocessing.none(), List.of());
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      return environment.createSession(file.toString(), options);
    } finally {
      Files.delete(file);
    }
  }
}
