package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.Setting;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.configuration.SettingsTable;
import org.explain4j.experiments.inspection.RuleListing;
import org.explain4j.experiments.inspection.SettingsReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain describe}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Prints what a method is, what its settings mean and take, and its table of rules.")
final class DescribeCommand implements Callable<Integer> {
  private static final String EXPERIMENT = "experiment";
  private static final int WIDEST_KEY = 24;

  @Parameters(
      arity = "0..1",
      paramLabel = "METHOD",
      completionCandidates = Candidates.Everything.class,
      description =
          "The id of anything that 'explain list' lists, or 'experiment' for an experiment file.")
  private Optional<String> method = Optional.empty();

  @Option(
      names = "--reference",
      description = "Print the reference of the experiment file, with all methods, as Markdown.")
  private boolean reference;

  @Mixin private Plugins plugins;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Extensions extensions = plugins.load();
    if (reference) {
      Main.of(spec).plain().print(SettingsReference.markdown(extensions));
      Main.of(spec).plain().flush();
      return 0;
    }
    String id =
        method.orElseThrow(
            () ->
                new CommandLine.ParameterException(
                    spec.commandLine(), "Missing required parameter: 'METHOD'"));
    describe(id, extensions);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void describe(String id, Extensions extensions) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> known = new ArrayList<>(List.of(EXPERIMENT));
    boolean found = id.equals(EXPERIMENT);
    if (found) {
      out.println("an experiment file: 'explain init' writes one");
      settings(out, SettingsTable.of(new Experiment(), extensions));
    }
    for (Catalog<?> catalog : extensions.byType().values()) {
      known.addAll(catalog.ids());
      Extension extension = catalog.providers().get(id);
      if (extension != null) {
        describe(out, extensions.noun(catalog.type()), extension, extensions);
        found = true;
      }
    }
    if (!found) {
      throw new ConfigurationException(
          "explain describe",
          "there is no '%s'%s\n'explain list' shows everything there is."
              .formatted(id, Catalog.didYouMean(id, known)));
    }
  }

  private static void describe(
      PrintWriter out, String noun, Extension extension, Extensions extensions) {
    out.printf("%s (%s): %s%n", extension.id(), noun, extension.summary());
    if (extension instanceof Record record) {
      String description = SettingsTable.description(record);
      if (!description.isEmpty()) {
        out.println("  " + plain(description));
      }
      List<Setting> settings = SettingsTable.of(record, extensions);
      out.println(settings.isEmpty() ? "no settings" : "settings");
      settings(out, settings);
      if (!settings.isEmpty()) {
        out.printf("in a file: {%s: {%s}}%n", extension.id(), Settings.line(extension));
      }
    }
    if (extension instanceof Explainer explainer) {
      out.printf("group: %s%n", KebabCase.of(explainer.group()));
      RuleListing.of(explainer)
          .ifPresentOrElse(
              rules -> {
                out.println("rules");
                rules.forEach((place, rule) -> out.printf("  %-18s  %s%n", place, rule));
              },
              () -> out.println("not a single backward pass: it has no table of rules"));
    }
  }

  private static void settings(PrintWriter out, List<Setting> settings) {
    int width =
        settings.stream()
            .mapToInt(s -> s.key().length())
            .filter(n -> n <= WIDEST_KEY)
            .max()
            .orElse(1);
    String row = "  %-" + width + "s  %s%n";
    for (Setting setting : settings) {
      String values =
          plain(setting.values()) + (setting.isSet() ? "; default " + setting.standard() : "");
      boolean says = !setting.meaning().isEmpty();
      out.printf(row, setting.key(), says ? plain(setting.meaning()) : values);
      if (says) {
        out.printf(row, "", values);
      }
    }
  }

  private static String plain(String text) {
    return text.replace("`", "");
  }
}
