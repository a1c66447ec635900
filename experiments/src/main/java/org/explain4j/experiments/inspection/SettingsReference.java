package org.explain4j.experiments.inspection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.explain4j.api.Catalog;
import org.explain4j.api.Extension;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.Setting;
import org.explain4j.experiments.configuration.SettingsTable;

/** The reference of the experiment file, with every method, as Markdown. */
public final class SettingsReference {
  private static final String HEAD =
      """
      # The experiment file

      What a file leaves out has its default; a part that is absent is not run. `explain init MODEL DATA` writes a file to begin with, `explain describe NAME` prints what this page says of a method, and `explain validate FILE` checks a file and prints it with every default. A setting on the command line is `--set explain.images=50`.

      This page is made from the Javadoc of the settings, by `./explain describe --reference > docs/experiment-file.md`.

      """;

  private SettingsReference() {}

  /** All of it. */
  public static String markdown(Extensions extensions) {
    StringBuilder page = new StringBuilder(HEAD);
    table(page, SettingsTable.of(new Experiment(), extensions));
    for (Map.Entry<String, Class<?>> kind : extensions.kinds().entrySet()) {
      Catalog<?> catalog = extensions.byType().get(kind.getValue());
      page.append("\n## ").append(title(kind.getKey())).append('\n');
      catalog.providers().values().forEach(extension -> section(page, extension, extensions));
    }
    return page.toString();
  }

  private static String title(String kind) {
    return Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
  }

  private static void section(StringBuilder page, Extension extension, Extensions extensions) {
    page.append("\n### ").append(extension.id()).append('\n');
    page.append(extension.summary()).append(".\n".substring(ends(extension.summary()) ? 1 : 0));
    if (extension instanceof Record record) {
      List<Setting> settings = SettingsTable.of(record, extensions);
      if (!settings.isEmpty()) {
        page.append('\n');
        table(page, settings);
      }
    }
  }

  private static boolean ends(String sentence) {
    return sentence.endsWith(".");
  }

  private static void table(StringBuilder page, List<Setting> settings) {
    page.append("| setting | meaning | values | default |\n|---|---|---|---|\n");
    for (Setting setting : settings) {
      page.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | %s |\n",
              setting.key(),
              cell(setting.meaning()),
              cell(setting.values()),
              setting.isSet() ? "`" + cell(setting.standard()) + "`" : ""));
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
