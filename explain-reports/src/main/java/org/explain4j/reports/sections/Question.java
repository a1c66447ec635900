package org.explain4j.reports.sections;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.Accuracy;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** What a run was asked, from what it noted of its network, data and methods. */
final class Question {
  private Question() {}

  /** In a sentence or two. */
  static String of(RunDirectory run) throws IOException {
    Map<?, ?> environment = run.document("environment.json");
    int explainers = run.explainers().size();
    int images = run.images().size();
    List<String> parts = new ArrayList<>();
    if (environment.get("model") instanceof Map<?, ?> model) {
      parts.add("Which explanation of " + network(run, model) + " can I trust?");
    } else if (!run.rows(RunTable.SIGNAL_RECOVERY).isEmpty()) {
      parts.add("Which explanation finds the signal's direction where it is known?");
    }
    if (explainers > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%s explained %s of %s.",
              counted(explainers, "method"),
              counted(images, "image"),
              data(environment)));
    } else if (environment.get("dataset") instanceof Map) {
      parts.add("Measured on " + data(environment) + ".");
    }
    return String.join(" ", parts);
  }

  /** More of the same, for who repeats the run. */
  static Block facts(RunDirectory run) throws IOException {
    Map<?, ?> environment = run.document("environment.json");
    List<Block.Fact> facts = new ArrayList<>();
    if (environment.get("model") instanceof Map<?, ?> model) {
      facts.add(new Block.Fact("Network", network(run, model)));
      if (model.get("notes") instanceof List<?> notes) {
        notes.forEach(note -> facts.add(new Block.Fact("Note", String.valueOf(note))));
      }
    }
    if (environment.get("dataset") instanceof Map<?, ?> dataset) {
      facts.add(new Block.Fact("Data", data(environment)));
      if (dataset.get("notes") instanceof List<?> notes) {
        notes.forEach(note -> facts.add(new Block.Fact("Note", String.valueOf(note))));
      }
    }
    if (environment.get("splits") instanceof Map<?, ?> splits) {
      String sizes =
          splits.entrySet().stream()
              .filter(split -> split.getValue() instanceof Map)
              .map(split -> split.getKey() + ": " + size((Map<?, ?>) split.getValue()))
              .collect(Collectors.joining(", "));
      facts.add(new Block.Fact("Splits (images)", sizes));
    }
    return new Block.Facts(facts);
  }

  private static String size(Map<?, ?> split) {
    return split.get("size") instanceof Number number
        ? Numbers.count(number.doubleValue())
        : Numbers.MISSING;
  }

  private static String network(RunDirectory run, Map<?, ?> model) throws IOException {
    List<String> more = new ArrayList<>();
    if (model.get("parameters") instanceof Number parameters) {
      more.add(Numbers.count(parameters.doubleValue()) + " parameters");
    }
    if (model.get("accuracy") instanceof Number accuracy) {
      List<Accuracy> counted = run.rows(RunTable.ACCURACY);
      more.add(
          "right on "
              + Numbers.percent(accuracy.doubleValue())
              + (counted.isEmpty()
                  ? " of the test images"
                  : " of " + counted(counted.get(0).images(), "image") + topFive(counted.get(0))));
    }
    String name = name(run, model);
    return more.isEmpty() ? name : name + " (" + String.join(", ", more) + ")";
  }

  private static String topFive(Accuracy accuracy) {
    return accuracy.topFive().isPresent()
        ? ", "
            + Numbers.percent((double) accuracy.topFive().getAsLong() / accuracy.images())
            + " among the first five"
        : "";
  }

  /** The model's file, where it comes from one; otherwise what provides it. */
  private static String name(RunDirectory run, Map<?, ?> model) throws IOException {
    if (run.document("effective.yaml").get("model") instanceof Map<?, ?> given
        && given.get("file") instanceof Map<?, ?> file
        && file.get("path") instanceof String path
        && Path.of(path).getFileName() != null) {
      return Path.of(path).getFileName().toString();
    }
    return String.valueOf(model.get("name"));
  }

  private static String data(Map<?, ?> environment) {
    return environment.get("dataset") instanceof Map<?, ?> dataset
        ? String.valueOf(dataset.get("name"))
        : "the data";
  }

  private static String counted(long count, String noun) {
    return Numbers.count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
