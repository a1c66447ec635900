package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The command line as a process of its own. */
record Command(int exitCode, String output, String errors) {

  /** Such a process ends before the better compiler pays. */
  private static final List<String> OPTIONS =
      List.of("-Xmx512m", "-Dorg.bytedeco.javacpp.maxbytes=2g", "-XX:TieredStopAtLevel=1");

  /** Runs in this process, which is quicker; what may end the process does not belong here. */
  static Command here(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = Main.execute(line, arguments);
    return new Command(code, out.toString(), err.toString());
  }

  /**
   * How a process differs from others.
   *
   * @param prefix a command that runs the rest of its arguments
   * @param environment variables, added to those of this process; without a value, taken away
   */
  record Child(
      Class<?> main, List<String> prefix, List<String> options, Map<String, String> environment) {
    static final Child PLAIN = new Child(Main.class, List.of(), OPTIONS, Map.of());

    Child main(Class<?> other) {
      return new Child(other, prefix, options, environment);
    }

    Child options(List<String> others) {
      return new Child(main, prefix, others, environment);
    }

    Child prefix(String... words) {
      return new Child(main, List.of(words), options, environment);
    }

    Child with(String variable, String value) {
      return new Child(main, prefix, options, Map.of(variable, value));
    }

    /** Starts a process whose output goes to files in {@code folder}. */
    Process start(Path folder, List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      String root = System.getProperty("explain4j.root", "..");
      command.add("-Dexplain4j.root=" + Path.of(root).toAbsolutePath());
      command.addAll(options);
      command.add("-cp");
      command.add(
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
      command.add(main.getName());
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
      builder.environment().putAll(environment);
      builder.environment().values().removeIf(String::isEmpty);
      return builder
          .redirectOutput(folder.resolve("output.txt").toFile())
          .redirectError(folder.resolve("errors.txt").toFile())
          .start();
    }

    /** Runs to the end; kills the process after two minutes. */
    Command run(Path folder, String... arguments) throws IOException, InterruptedException {
      return end(start(folder, List.of(arguments)), folder, arguments);
    }
  }

  /** Starts a process whose output goes to files in {@code folder}. */
  static Process start(Path folder, String... arguments) throws IOException {
    return Child.PLAIN.start(folder, List.of(arguments));
  }

  /** Likewise with another main class. */
  static Process start(Class<?> main, Path folder, List<String> arguments) throws IOException {
    return Child.PLAIN.main(main).start(folder, arguments);
  }

  /** Runs to the end; kills the process after two minutes. */
  static Command run(Path folder, String... arguments) throws IOException, InterruptedException {
    return Child.PLAIN.run(folder, arguments);
  }

  /** Likewise with another main class. */
  static Command run(Class<?> main, Path folder, String... arguments)
      throws IOException, InterruptedException {
    return Child.PLAIN.main(main).run(folder, arguments);
  }

  /** Likewise with other options of the JVM. */
  static Command runWith(List<String> options, Path folder, String... arguments)
      throws IOException, InterruptedException {
    return Child.PLAIN.options(options).run(folder, arguments);
  }

  private static Command end(Process process, Path folder, String... arguments)
      throws IOException, InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("explain " + String.join(" ", arguments) + " hangs");
    }
    return new Command(
        process.exitValue(),
        Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8),
        Files.readString(folder.resolve("errors.txt"), StandardCharsets.UTF_8));
  }
}
