package org.explain4j.experiments.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.explain4j.experiments.results.Errors;

/**
 * A process of its own that reads damaged files, one after another: what it reads may not end it.
 */
final class Mutants {
  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Mutants() {}

  /**
   * @param arguments folder, last seed, the format and seed to start from, and further formats;
   *     prints a {@link Verdict} for each
   */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path folder = Path.of(arguments[0]);
    int last = Integer.parseInt(arguments[1]);
    int seed = Integer.parseInt(arguments[2]);
    for (String format : List.of(arguments).subList(3, arguments.length)) {
      for (; seed <= last; seed++) {
        System.out.println(read(MutantFormat.valueOf(format), seed, folder).line());
      }
      seed = 1;
    }
  }

  /**
   * What became of one mutant.
   *
   * @param format a {@link MutantFormat}
   * @param millis of the processor, which other programs on the machine do not prolong
   * @param exitCode of the command; 70 also if the file was read but could not be used
   * @param text that the user sees if it was refused
   */
  record Verdict(String format, int seed, long millis, int exitCode, String file, String text) {
    String line() {
      String oneLine = text.strip().replace("\\", "\\\\").replace("\n", "\\n");
      return String.join("\t", format, "" + seed, "" + millis, "" + exitCode, file, oneLine);
    }

    static Verdict of(String line) {
      String[] parts = line.split("\t", 6);
      String text = parts[5].replace("\\n", "\n").replace("\\\\", "\\");
      return new Verdict(
          parts[0],
          Integer.parseInt(parts[1]),
          Long.parseLong(parts[2]),
          Integer.parseInt(parts[3]),
          parts[4],
          text);
    }
  }

  private static Verdict read(MutantFormat format, int seed, Path folder) throws IOException {
    Path own = Files.createDirectories(folder.resolve(format.name().toLowerCase(Locale.ROOT)));
    Path mutant = format.mutant(own, new SplittableRandom(seed));
    long start = CPU.getProcessCpuTime();
    Command command = Command.here(format.command(mutant).toArray(String[]::new));
    int code = command.exitCode();
    String text = code == 0 ? "" : command.output() + command.errors();
    if (code == 0) {
      try {
        format.use(mutant);
      } catch (IOException | UncheckedIOException e) {
        code = Main.INPUT_OUTPUT;
        text = Errors.message(e);
      } catch (RuntimeException | Error e) {
        code = 70;
        text = "It was read, but cannot be used: " + e;
      }
    }
    long millis = (CPU.getProcessCpuTime() - start) / 1_000_000;
    return new Verdict(format.name(), seed, millis, code, mutant.getFileName().toString(), text);
  }
}
