package org.explain4j.experiments.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A completion script for fish, which picocli does not write. */
final class FishCompletion {
  private FishCompletion() {}

  static String of(CommandSpec root) {
    List<String> lines = new ArrayList<>();
    String name = root.name();
    lines.add("# Completions of " + name + "; written by '" + name + " completion fish'.");
    for (Map.Entry<String, CommandLine> each : root.subcommands().entrySet()) {
      CommandSpec command = each.getValue().getCommandSpec();
      lines.add(
          "complete -c %s -n __fish_use_subcommand -f -a %s -d %s"
              .formatted(
                  name, each.getKey(), quoted(summary(command.usageMessage().description()))));
      String seen = quoted("__fish_seen_subcommand_from " + each.getKey());
      for (OptionSpec option : command.options()) {
        if (!option.hidden()) {
          lines.add("complete -c %s -n %s%s".formatted(name, seen, option(option)));
        }
      }
      for (PositionalParamSpec parameter : command.positionalParameters()) {
        String words = words(parameter);
        if (!words.isEmpty()) {
          lines.add("complete -c %s -n %s -f -a %s".formatted(name, seen, quoted(words)));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String option(OptionSpec option) {
    StringBuilder text = new StringBuilder();
    for (String each : option.names()) {
      text.append(each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1));
    }
    String words = words(option);
    if (!words.isEmpty()) {
      text.append(" -x -a ").append(quoted(words));
    } else if (option.arity().max() > 0) {
      text.append(" -r");
    }
    return text + " -d " + quoted(summary(option.description()));
  }

  private static String words(ArgSpec argument) {
    List<String> words = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(words::add);
    }
    return String.join(" ", words);
  }

  private static String summary(String... description) {
    return description.length == 0 ? "" : description[0].split("(?<=[.;])\\s|:?\\s\\(|:\\s", 2)[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
