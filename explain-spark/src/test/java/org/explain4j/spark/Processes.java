package org.explain4j.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Explain4J and Spark as processes, from what the build has put together; loopback only. */
final class Processes implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("explain4j.root", "..")).toAbsolutePath();
  private static final Path SPARK = ROOT.resolve("explain-spark/home/target");
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final List<Process> started = new ArrayList<>();

  Processes(Path folder) {
    this.folder = folder;
  }

  /** What a command said. */
  record Said(int exitCode, String output, String errors) {}

  /** Runs {@code explain}; ends it after some minutes. */
  Said explain(String... arguments) throws IOException, InterruptedException {
    return end(begin(arguments));
  }

  /** Starts {@code explain}, whose output goes to files. */
  Process begin(String... arguments) throws IOException {
    List<String> command =
        java("-Xmx1g", "-Dorg.bytedeco.javacpp.maxbytes=3g", "-Dexplain4j.root=" + ROOT);
    command.addAll(List.of("-cp", classPath(), "org.explain4j.experiments.cli.Main"));
    command.addAll(List.of(arguments));
    return start("explain", command);
  }

  Said end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("It hangs:\n" + errors());
    }
    return new Said(process.exitValue(), Files.readString(file("explain", "out")), errors());
  }

  String errors() throws IOException {
    return Files.readString(file("explain", "err"));
  }

  private static String classPath() throws IOException {
    Path target = ROOT.resolve("experiments/target");
    try (Stream<Path> files = Files.list(target)) {
      Path jar =
          files
              .filter(file -> file.toString().matches(".*experiments-[^/]*(?<!-tests)\\.jar"))
              .findFirst()
              .orElseThrow();
      return jar + File.pathSeparator + target.resolve("lib") + File.separator + "*";
    }
  }

  /** Starts a master; its URL. */
  String master() throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = java("-Xmx256m", "-cp", SPARK.resolve("jars") + File.separator + "*");
    command.add("org.apache.spark.deploy.master.Master");
    command.addAll(List.of("--host", LOOPBACK, "--port", "" + port, "--webui-port", "0"));
    start("master", command);
    waitFor("master", "I have been elected leader");
    return "spark://" + LOOPBACK + ":" + port;
  }

  /** Starts a worker of one core. */
  Process worker(String name, String master) throws IOException, InterruptedException {
    List<String> command = java("-Xmx256m", "-cp", SPARK.resolve("jars") + File.separator + "*");
    command.add("org.apache.spark.deploy.worker.Worker");
    command.addAll(List.of("--host", LOOPBACK, "--webui-port", "0", "--cores", "1"));
    command.addAll(List.of("--memory", "6g", "--work-dir", folder.resolve(name).toString()));
    command.add(master);
    Process worker = start(name, command);
    waitFor(name, "Successfully registered with master");
    return worker;
  }

  /** Settings of a job on such a cluster. */
  static List<String> onCluster(String master) {
    List<String> settings = new ArrayList<>(List.of("--master", master));
    for (String conf :
        List.of(
            "driver.host=" + LOOPBACK,
            "executor.cores=1",
            "executor.memory=1g",
            "executor.memoryOverhead=2g",
            "task.maxFailures=4")) {
      settings.addAll(List.of("--conf", "spark." + conf));
    }
    return settings;
  }

  /** Waits until the process's log says something. */
  void waitFor(String name, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.readString(file(name, "err")).contains(text)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            name + " never said '" + text + "':\n" + Files.readString(file(name, "err")));
      }
      Thread.sleep(100);
    }
  }

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    return command;
  }

  private Path file(String name, String ending) {
    return folder.resolve(name + "." + ending);
  }

  private Process start(String name, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(file(name, "out").toFile())
            .redirectError(file(name, "err").toFile());
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    builder.environment().put("SPARK_HOME", SPARK.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13"); // which Spark's scripts would set
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Ends a process and those that it has started, at once. */
  static void kill(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : started) {
      kill(process);
    }
  }
}
