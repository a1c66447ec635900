package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;
import org.explain4j.experiments.configuration.Choices;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.inspection.RuleListing;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain describe}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Prints what a method is, its settings and their choices, and its table of rules.")
final class DescribeCommand implements Callable<Integer> {
  private static final String EXPERIMENT = "experiment";

  @Parameters(
      paramLabel = "METHOD",
      description =
          "The id of anything that 'explain list' lists, or 'experiment' for an experiment file.")
  private String id;

  @Mixin private Plugins plugins;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Extensions extensions = plugins.load();
    List<String> known = new ArrayList<>();
    boolean found = false;
    PrintWriter out = spec.commandLine().getOut();
    for (Catalog<?> catalog : extensions.byType().values()) {
      known.addAll(catalog.ids());
      Extension extension = catalog.providers().get(id);
      if (extension != null) {
        describe(out, extensions.noun(catalog.type()), extension);
        found = true;
      }
    }
    if (id.equals(EXPERIMENT)) {
      out.println("an experiment file, with its defaults:");
      out.print(Settings.yaml(new Experiment()).indent(2));
      choices(out, Experiment.class);
      found = true;
    }
    if (!found) {
      throw new ConfigurationException(
          "explain describe",
          "there is no '%s'%s\n'explain list' shows everything there is."
              .formatted(id, Catalog.didYouMean(id, known)));
    }
    out.flush();
    return 0;
  }

  private static void choices(PrintWriter out, Class<?> settings) {
    Map<String, String> choices = Choices.of(settings);
    if (!choices.isEmpty()) {
      out.println("choices:");
      choices.forEach((setting, words) -> out.printf("  %s: %s%n", setting, words));
    }
  }

  private static void describe(PrintWriter out, String noun, Extension extension) {
    out.printf("%s (%s): %s%n", extension.id(), noun, extension.summary());
    out.print(Settings.yaml(extension).indent(2));
    choices(out, extension.getClass());
    if (extension instanceof Explainer explainer) {
      out.printf("group: %s%n", KebabCase.of(explainer.group()));
      RuleListing.of(explainer)
          .ifPresentOrElse(
              rules -> rules.forEach((place, rule) -> out.printf("  %-18s %s%n", place, rule)),
              () -> out.println("not a single backward pass: it has no table of rules"));
    }
  }
}
