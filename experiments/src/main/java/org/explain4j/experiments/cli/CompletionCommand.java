package org.explain4j.experiments.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explain completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that completes commands, options and methods in a shell:",
      "  bash: source <(explain completion bash)",
      "  zsh:  source <(explain completion zsh)",
      "  fish: explain completion fish > ~/.config/fish/completions/explain.fish"
    })
final class CompletionCommand implements Runnable {
  /** A shell. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = Main.of(spec).plain();
    // Picocli's script for bash is one for zsh, too.
    out.print(
        shell == Shell.FISH
            ? FishCompletion.of(root.getCommandSpec())
            : AutoComplete.bash(root.getCommandName(), root));
    out.flush();
  }
}
