package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.explain4j.network.files.WholeFile;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/**
 * The paper's claims on several networks as a page of Markdown: a table of networks and claims, and
 * a paragraph with numbers for each of its cells.
 */
public final class Findings {
  private static final int EXAMPLES = 2;

  private Findings() {}

  /**
   * A run that decided on claims.
   *
   * @param name as the experiment's file gives it
   */
  private record Network(String name, RunDirectory run, List<ClaimStatement> parts) {
    List<ClaimStatement> of(Claim claim) {
      return parts.stream().filter(part -> part.claim() == claim).toList();
    }
  }

  /**
   * Writes the page.
   *
   * @param runDirectories of experiments with {@code claims}, in the order of the page
   * @param target whole or not at all
   * @throws IOException if a file is missing or damaged, or a run has no claims; the message names
   *     it
   */
  public static void write(List<Path> runDirectories, Path target) throws IOException {
    List<Network> networks = new ArrayList<>();
    for (Path directory : runDirectories) {
      RunDirectory run = RunDirectory.of(directory);
      List<ClaimStatement> parts = run.rows(RunTable.CLAIMS);
      if (parts.isEmpty()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s has no claims.csv.\nMaybe add 'claims: {}' to its experiment and run it again.",
                directory));
      }
      String name = Objects.toString(run.document("environment.json").get("experiment"));
      networks.add(new Network(name, run, parts));
    }
    StringBuilder text = new StringBuilder();
    head(text, networks);
    for (Claim claim : Claim.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "\n## %d. %s\n\n%s\n",
              claim.number(),
              claim.sentence(),
              claim.remark()));
      Map<String, List<String>> paragraphs = new LinkedHashMap<>(); // names by what is said
      for (Network network : networks) {
        paragraphs
            .computeIfAbsent(paragraph(network, claim), said -> new ArrayList<>())
            .add(network.name());
      }
      paragraphs.forEach(
          (said, names) ->
              text.append(
                  String.format(Locale.ROOT, "\n**%s**: %s\n", String.join(", ", names), said)));
    }
    WholeFile.write(target, text.toString());
  }

  private static void head(StringBuilder text, List<Network> networks) throws IOException {
    text.append(
        String.format(
            Locale.ROOT,
            """
        # Findings: which of the paper's claims hold

        Kindermans et al., "Learning how to explain neural networks: PatternNet and PatternAttribution" (arXiv 1705.05598), on %d networks. `experiments/findings.sh` writes this page again; `experiments/claims.yaml` says what is measured.

        A claim consists of statements on layers, targets, methods and scores. It is *supported* when all of them hold, *contradicted* when the opposite of one of them holds beyond chance, otherwise *undecided*: more images might tell. Tests are paired on the same images and adjusted by Holm, intervals are 95 %% over images. In brackets: statements that hold, of all.

        | network |\
        """,
            networks.size()));
    for (Claim claim : Claim.values()) {
      text.append(String.format(Locale.ROOT, " %d |", claim.number()));
    }
    text.append("\n|---|").append("---|".repeat(Claim.values().length)).append("\n");
    for (Network network : networks) {
      text.append(String.format(Locale.ROOT, "| %s |", network.name()));
      for (Claim claim : Claim.values()) {
        text.append(String.format(Locale.ROOT, " %s |", cell(network.of(claim))));
      }
      text.append("\n");
    }
    text.append("\n");
    for (Claim claim : Claim.values()) {
      text.append(String.format(Locale.ROOT, "%d. %s\n", claim.number(), claim.sentence()));
    }
    text.append("\nHow much each is measured on:\n\n");
    for (Network network : networks) {
      text.append(String.format(Locale.ROOT, "- %s: %s\n", network.name(), sizes(network.run())));
    }
  }

  private static String cell(List<ClaimStatement> parts) {
    return parts.isEmpty()
        ? "not tested"
        : String.format(
            Locale.ROOT,
            "%s (%d of %d)",
            Finding.of(parts).word(),
            count(parts, Finding.SUPPORTED),
            parts.size());
  }

  private static long count(List<ClaimStatement> parts, Finding finding) {
    return parts.stream().filter(part -> part.finding() == finding).count();
  }

  private static String sizes(RunDirectory run) throws IOException {
    Map<?, ?> environment = run.document("environment.json");
    String splits =
        environment.get("splits") instanceof Map<?, ?> of
            ? of.entrySet().stream()
                .map(
                    e ->
                        e.getKey()
                            + " "
                            + (e.getValue() instanceof Map<?, ?> s ? s.get("size") : ""))
                .collect(Collectors.joining(", "))
            : "none";
    Object accuracy =
        environment.get("model") instanceof Map<?, ?> model ? model.get("accuracy") : null;
    return String.format(
        Locale.ROOT,
        "images of splits %s; %d images explained; accuracy on split C %s",
        splits,
        run.images().size(),
        accuracy instanceof Number number
            ? Numbers.percent(number.doubleValue())
            : Numbers.MISSING);
  }

  private static String paragraph(Network network, Claim claim) {
    List<ClaimStatement> parts = network.of(claim);
    if (parts.isEmpty()) {
      return "not tested.";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s. Of %d statements, hold: %d, reversed: %d, open: %d.",
            Finding.of(parts).word(),
            parts.size(),
            count(parts, Finding.SUPPORTED),
            count(parts, Finding.CONTRADICTED),
            count(parts, Finding.UNDECIDED)));
    for (Finding finding : Finding.values()) {
      List<ClaimStatement> own = parts.stream().filter(part -> part.finding() == finding).toList();
      if (!own.isEmpty()) {
        text.append(String.format(Locale.ROOT, " %s: %s.", title(finding), examples(own)));
      }
    }
    return text.toString();
  }

  private static String title(Finding finding) {
    return switch (finding) {
      case SUPPORTED -> "Hold, for example";
      case CONTRADICTED -> "Reversed, for example";
      case UNDECIDED -> "Open, for example";
    };
  }

  /**
   * Those with the largest values, as they say most; of estimators that should remove most those
   * with the smallest.
   */
  private static String examples(List<ClaimStatement> parts) {
    return parts.stream()
        .sorted(
            Comparator.comparingDouble(
                part ->
                    part.claim() == Claim.LEARNED_REMOVE_MOST
                        ? part.value()
                        : -Math.abs(part.value())))
        .limit(EXAMPLES)
        .map(
            part ->
                String.format(
                    Locale.ROOT,
                    "%s, %s %s %s",
                    part.place(),
                    part.a(),
                    part.statement(),
                    Numbers.decimals(part.band())))
        .collect(Collectors.joining("; "));
  }
}
