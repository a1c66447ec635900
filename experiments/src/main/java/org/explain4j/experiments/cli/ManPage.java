package org.explain4j.experiments.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.explain4j.experiments.results.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page, in roff. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** {@code explain-run}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  static String of(CommandSpec command) {
    ManPage man = new ManPage();
    man.write(command);
    return man.page.toString();
  }

  private void write(CommandSpec command) {
    String[] description = command.usageMessage().description();
    line(
        ".TH %s 1 \"\" \"explain4j %s\""
            .formatted(name(command).toUpperCase(Locale.ROOT), Version.current()));
    line(".SH NAME");
    text(name(command) + " - " + (description.length == 0 ? "" : description[0]));
    line(".SH SYNOPSIS");
    text(synopsis(command));
    line(".SH DESCRIPTION");
    for (String each : description) {
      text(each);
      line(".br");
    }
    arguments(command);
    commands(command);
    list("EXIT STATUS", command.root().usageMessage().exitCodeList());
    environment(command.root());
  }

  private static String synopsis(CommandSpec command) {
    CommandLine.Help help =
        new CommandLine.Help(
            command, CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return help.synopsis(0).replaceAll("\\s+", " ").strip();
  }

  private void arguments(CommandSpec command) {
    line(".SH OPTIONS");
    for (PositionalParamSpec each : command.positionalParameters()) {
      item(each.paramLabel(), each.description());
    }
    for (OptionSpec each : command.options()) {
      if (!each.hidden()) {
        String value = each.arity().max() > 0 ? "=" + each.paramLabel() : "";
        item(String.join(", ", each.names()) + value, each.description());
      }
    }
  }

  private void commands(CommandSpec command) {
    if (command.subcommands().isEmpty()) {
      return;
    }
    line(".SH COMMANDS");
    for (Map.Entry<String, CommandLine> each : command.subcommands().entrySet()) {
      item(each.getKey(), each.getValue().getCommandSpec().usageMessage().description());
    }
  }

  private void list(String title, Map<String, String> entries) {
    line(".SH " + title);
    entries.forEach((key, said) -> item(key, said));
  }

  private void environment(CommandSpec root) {
    line(".SH ENVIRONMENT");
    for (String each : List.of(root.usageMessage().footer())) {
      String[] parts = each.strip().split(" +", 2);
      item(parts[0], parts.length > 1 ? parts[1] : "");
    }
  }

  private void item(String term, String... description) {
    line(".TP");
    line(".B " + escaped(term));
    for (String each : description) {
      text(each);
    }
  }

  private void text(String text) {
    for (String each : text.split("\n", -1)) {
      String safe = escaped(each);
      line(safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe);
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}
