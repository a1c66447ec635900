package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Memory;
import org.explain4j.experiments.results.Errors;
import org.explain4j.experiments.results.Version;
import org.explain4j.network.files.Reason;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code explain}: measures which explanation of a neural network can be trusted. */
@Command(
    name = "explain",
    description = "Measures which explanation of a neural network can be trusted.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      MomentsCommand.class,
      MergeCommand.class,
      SubmitCommand.class,
      ListCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      FindingsCommand.class,
      InspectCommand.class,
      DescribeCommand.class,
      ImageCommand.class,
      InitCommand.class,
      DoctorCommand.class,
      DownloadCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything went well",
      "1:some methods, metrics or checks failed; the rest is in the report",
      "2:the command line or the experiment file is wrong",
      "3:a file cannot be read or written",
      "4:memory ran out, for everything or for some methods or metrics",
      "5:there are warnings, and --strict was given",
      "70:a defect in this program"
    },
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  EXPLAIN4J_HEAP     memory for tables and images (default 4g)",
      "  EXPLAIN4J_OFFHEAP  memory for arrays (default 12g)",
      "  EXPLAIN4J_DATA     where downloads are kept (default ~/.explain4j/data)",
      "  EXPLAIN4J_CACHE    where trained networks and moments are kept (default"
          + " ~/.explain4j/cache)"
    })
public final class Main implements Runnable {
  static final int FAILED_CELLS = 1;
  static final int CONFIGURATION = 2;
  static final int INPUT_OUTPUT = 3;
  static final int MEMORY = 4;
  static final int WARNINGS = 5;
  private static final int DEFECT = 70;
  private static final int NARROWEST_HELP = 55;
  private static final int USUAL = 80;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and more of what is happening.")
  private boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No plan, no notes and no progress: results, warnings and errors only.")
  private boolean quiet;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private PrintWriter plain;

  private Main() {}

  /**
   * Runs a command that is not one of {@code explain}'s own as if it were, without ending the
   * process.
   *
   * @param command annotated with {@link Command}
   * @return the exit code
   */
  public static int run(Object command, String... arguments) {
    return execute(LogStream.redirect(() -> commandLine().addSubcommand(command)), arguments);
  }

  /** Whether only results, warnings and errors are wanted. */
  public static boolean isQuiet(CommandLine.Model.CommandSpec command) {
    return of(command).isQuiet();
  }

  boolean isDebugging() {
    return debug;
  }

  /** What all commands share. */
  static Main of(CommandLine.Model.CommandSpec command) {
    return (Main) command.root().userObject();
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Standard output whose lines are not wrapped, for what programs read. */
  PrintWriter plain() {
    return plain;
  }

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    for (String argument : arguments) {
      if (argument.equals("--debug")) {
        System.setProperty("explain4j.log", "DEBUG"); // before the first logger is made
      }
    }
    Locale.setDefault(Locale.ROOT); // what it prints is English, numbers included
    System.exit(execute(LogStream.redirect(Main::commandLine), arguments));
  }

  /** Runs a command; errors of the virtual machine, which picocli lets pass, are told as others. */
  static int execute(CommandLine line, String... arguments) {
    Main main = line.getCommand();
    main.frame(line, Terminal.current());
    try {
      if (!List.of(arguments).contains(DoctorCommand.NAME)) { // which says so itself
        Memory.checkLimit();
      }
      return line.execute(arguments);
    } catch (ConfigurationException | OutOfMemoryError | StackOverflowError | LinkageError e) {
      return main.report(e, line);
    }
  }

  private void frame(CommandLine line, Terminal window) {
    plain = VisibleWriter.of(line.getOut(), 0);
    line.setOut(VisibleWriter.of(line.getOut(), window.width(window.output())))
        .setErr(VisibleWriter.overLiveLine(line.getErr(), window.width(window.errors())))
        .setUsageHelpWidth(Math.max(NARROWEST_HELP, window.output() ? window.columns() : USUAL));
  }

  static CommandLine commandLine() {
    return new Main().line();
  }

  private CommandLine line() {
    return new CommandLine(this)
        .registerConverter(Path.class, Main::path)
        .setParameterExceptionHandler(new Mistakes())
        .setExecutionExceptionHandler((error, command, parsed) -> report(error, command));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(Reason.of(e));
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private int report(Throwable error, CommandLine command) {
    PrintWriter err = command.getErr();
    if (debug) {
      error.printStackTrace(err);
    }
    err.println(command.getColorScheme().errorText(text(error)));
    return exitCode(error);
  }

  private static String text(Throwable error) {
    if (error instanceof ConfigurationException configuration) {
      int count = configuration.problems().size();
      return error.getMessage() + (count == 1 ? "" : "\n" + count + " problems.");
    }
    Optional<String> natives = Errors.whyThereAreNoNatives(error);
    if (natives.isPresent()) {
      return "The native libraries cannot be unpacked: %s\nMaybe free some space in ~/.javacpp/cache, or choose another folder: JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR."
          .formatted(natives.get());
    }
    String message = Errors.message(error);
    return exitCode(error) == DEFECT
        ? message + "\nThis is a defect in explain; --debug shows where."
        : message;
  }

  private static int exitCode(Throwable error) {
    if (Errors.isOutOfMemory(error)) {
      return MEMORY;
    }
    if (error instanceof ConfigurationException || error instanceof InvalidPathException) {
      return CONFIGURATION;
    }
    return error instanceof IOException
            || error instanceof UncheckedIOException
            || Errors.whyThereAreNoNatives(error).isPresent()
        ? INPUT_OUTPUT
        : DEFECT;
  }

  /** For {@code --version}. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String commit = System.getProperty("explain4j.commit", "");
      return new String[] {
        "explain4j " + Version.current() + (commit.isEmpty() ? "" : " (" + commit + ")"),
        "java " + System.getProperty("java.version")
      };
    }
  }
}
