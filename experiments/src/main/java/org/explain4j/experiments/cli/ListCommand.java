package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.Setting;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.configuration.SettingsTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists what an experiment file can name, with its default settings.")
final class ListCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      completionCandidates = Candidates.Kinds.class,
      description =
          "estimators, explainers, metrics, solvers, datasets, models, readers, pictures or"
              + " downloads; all if left out.")
  private String kind;

  @Mixin private Plugins plugins;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Extensions extensions = plugins.load();
    List<String> kinds = List.copyOf(extensions.kinds().keySet());
    if (kind != null && !kinds.contains(kind)) {
      throw ConfigurationException.unknown("explain list", "kind", kind, kinds);
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Map.Entry<String, Class<?>> entry : extensions.kinds().entrySet()) {
      if (kind == null || kind.equals(entry.getKey())) {
        print(out, entry.getKey(), extensions.byType().get(entry.getValue()), extensions);
      }
    }
    out.flush();
    return 0;
  }

  /** Settings without a default have no value to show, but may have choices. */
  private static String settings(Extension extension, List<Setting> unset) {
    return Stream.concat(
            Stream.of(Settings.line(extension)).filter(line -> !line.isBlank()),
            unset.stream().map(setting -> setting.key() + ": not set"))
        .collect(Collectors.joining(", "));
  }

  private void print(PrintWriter out, String name, Catalog<?> catalog, Extensions extensions) {
    CommandLine.Help.Ansi ansi = CommandLine.Help.Ansi.AUTO;
    out.println(ansi.string("@|bold " + name + "|@"));
    int width = catalog.ids().stream().mapToInt(String::length).max().orElse(0);
    for (Extension extension : catalog.providers().values()) {
      List<Setting> unset =
          extension instanceof Record record
              ? SettingsTable.of(record, extensions).stream().filter(s -> !s.isSet()).toList()
              : List.of();
      String group =
          extension instanceof Explainer explainer
              ? "[" + KebabCase.of(explainer.group()) + "] "
              : "";
      out.printf(
          "  %-" + Math.max(1, width) + "s  %s%s%n", extension.id(), group, extension.summary());
      String settings = settings(extension, unset);
      if (!settings.isBlank()) {
        out.printf("  %" + Math.max(1, width) + "s  {%s}%n", "", settings);
      }
      for (Setting setting : unset) {
        if (setting.isChoice()) {
          out.printf(
              "  %" + Math.max(1, width) + "s  %s: %s%n", "", setting.key(), setting.values());
        }
      }
    }
  }
}
