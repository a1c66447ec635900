package org.explain4j.experiments.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.explain4j.api.KebabCase;
import org.explain4j.experiments.doctor.Diagnosis;
import org.explain4j.experiments.doctor.Doctor;
import org.explain4j.experiments.results.JsonText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code explain doctor}. */
@Command(
    name = DoctorCommand.NAME,
    mixinStandardHelpOptions = true,
    description = {
      "Checks what experiments need of this machine, and says what to do.",
      "The exit code is 1 if something fails."
    })
final class DoctorCommand implements Callable<Integer> {
  /** Its name, for a command that must run whatever is wrong. */
  static final String NAME = "doctor";

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    List<Diagnosis> all;
    try (TerminalProgress progress = Terminal.progress(spec)) {
      progress.begin("loading the native libraries", 0, "");
      all = Doctor.examine();
    }
    if (json) {
      Main.of(spec).plain().println(JsonText.of(all.stream().map(Row::of).toList()));
    } else {
      print(spec.commandLine().getOut(), all);
    }
    boolean fails = all.stream().anyMatch(each -> each.level() == Diagnosis.Level.FAIL);
    return fails ? Main.FAILED_CELLS : 0;
  }

  /** A result for programs. */
  private record Row(String subject, String level, String text, String advice) {
    static Row of(Diagnosis each) {
      return new Row(each.subject(), KebabCase.of(each.level()), each.text(), each.advice());
    }
  }

  private static void print(PrintWriter out, List<Diagnosis> all) {
    int width = all.stream().mapToInt(each -> each.subject().length()).max().orElse(1);
    for (Diagnosis each : all) {
      out.print(word(each.level()));
      out.printf("  %-" + width + "s  %s%n", each.subject(), each.text());
      if (!each.advice().isEmpty()) {
        out.printf("      %-" + width + "s  %s%n", "", each.advice());
      }
    }
    out.flush();
  }

  private static String word(Diagnosis.Level level) {
    String word = "%-4s".formatted(KebabCase.of(level));
    String style =
        switch (level) {
          case OK -> "green";
          case WARN -> "yellow";
          case FAIL -> "bold,red";
        };
    return Ansi.AUTO.string("@|" + style + " " + word + "|@");
  }
}
