package org.explain4j.experiments.cli;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.explain4j.api.Catalog;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command line that cannot be read: what is wrong, the nearest name, where to look. */
final class Mistakes implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    String text = text(mistake, command.getCommandSpec());
    command.getErr().println(command.getColorScheme().errorText(text));
    command.getErr().flush();
    return Main.CONFIGURATION;
  }

  private static String text(ParameterException mistake, CommandSpec command) {
    String help = "\n'%s --help' shows how it is used.".formatted(command.qualifiedName());
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), command, help);
    }
    if (mistake.getMessage().startsWith("Unknown subcommand") && mistake.getValue() != null) {
      return unmatched(mistake.getValue(), command.root(), help);
    }
    String message = mistake.getMessage();
    return (message.endsWith(".") ? message : message + ".") + help;
  }

  private static String unmatched(String word, CommandSpec command, String help) {
    if (word.startsWith("-") && word.length() > 1) {
      String option = word.replaceFirst("=.*", "");
      return "'%s' has no option '%s'.".formatted(command.qualifiedName(), option)
          + Catalog.didYouMean(option, command.optionsMap().keySet())
          + help;
    }
    if (!command.subcommands().isEmpty()) {
      Collection<String> names = names(command);
      String near = Catalog.didYouMean(word, names);
      return "There is no command '%s'.".formatted(word)
          + (near.isEmpty() ? "\nCommands: " + String.join(", ", names) : near + help);
    }
    return "'%s' does not know what to do with '%s'.".formatted(command.qualifiedName(), word)
        + help;
  }

  private static List<String> names(CommandSpec command) {
    Set<String> names = new TreeSet<>();
    command
        .subcommands()
        .forEach(
            (name, line) -> {
              if (!line.getCommandSpec().usageMessage().hidden()) {
                names.add(name);
              }
            });
    return List.copyOf(names);
  }
}
