package org.explain4j.reports;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.network.files.WholeFile;
import org.explain4j.reports.figures.FigureFiles;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Markdown;
import org.explain4j.reports.page.Page;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.sections.ClaimsSection;
import org.explain4j.reports.sections.ImageSections;
import org.explain4j.reports.sections.LayerMapSection;
import org.explain4j.reports.sections.MetaEvaluationSection;
import org.explain4j.reports.sections.MetricSections;
import org.explain4j.reports.sections.RankingSection;
import org.explain4j.reports.sections.RunSections;
import org.explain4j.reports.sections.SanitySection;
import org.explain4j.reports.sections.SignalQualitySection;
import org.explain4j.reports.sections.SignalRecoverySection;
import org.explain4j.reports.sections.SummarySection;

/**
 * The report of one run: a single HTML page that needs nothing from the network. A part whose files
 * are absent is left out.
 */
public final class Report {
  private Report() {}

  /**
   * Writes {@code report/index.html} in a run directory, completely or not at all, and its figures
   * for papers into {@code report/figures}, unless the run's {@code report: {figures: false}}. If
   * figures cannot be written, the page is there, without links to them.
   *
   * @return the page
   * @throws IOException if a file is damaged or missing, the message names it, and the line; if one
   *     cannot be written
   */
  public static Path write(Path runDirectory) throws IOException {
    Path target = target(runDirectory);
    RunDirectory run = RunDirectory.of(runDirectory);
    Page page = page(run);
    write(page, target); // first: what follows may fill the disk
    Path figures = target.resolveSibling("figures");
    if (run.reportSetting("figures").equals(Optional.of(false))) {
      FigureFiles.delete(figures);
    } else {
      write(FigureFiles.write(page, figures), target);
    }
    return target;
  }

  static Path target(Path runDirectory) {
    return runDirectory.resolve("report").resolve("index.html");
  }

  /** Writes the page as {@link #write(Path)}, without figures: these take seconds. */
  static Path writePage(Path runDirectory) throws IOException {
    Path target = target(runDirectory);
    write(page(RunDirectory.of(runDirectory)), target);
    return target;
  }

  /**
   * The report as Markdown: its texts and tables, without pictures.
   *
   * @throws IOException as {@link #write}
   */
  public static String markdown(Path runDirectory) throws IOException {
    return Markdown.of(page(RunDirectory.of(runDirectory)));
  }

  private static Page page(RunDirectory run) throws IOException {
    List<Section> sections = new ArrayList<>();
    sections.add(SummarySection.of(run));
    RunSections.failures(run).ifPresent(sections::add);
    ClaimsSection.of(run).ifPresent(sections::add);
    SignalRecoverySection.of(run).ifPresent(sections::add);
    Map<?, ?> environment = run.document("environment.json");
    sections.addAll(ofTheNetwork(run, environment.get("precision")));
    RunSections.leftOut(run).ifPresent(sections::add);
    RunSections.times(run).ifPresent(sections::add);
    RunSections.network(run).ifPresent(sections::add);
    sections.add(RunSections.provenance(run));
    String name = Objects.toString(environment.get("experiment"), "Experiment");
    String subtitle =
        Stream.of(
                "Explain4J " + environment.get("explain4j"),
                "started " + environment.get("started"))
            .filter(text -> !text.endsWith(" null"))
            .collect(Collectors.joining(", "));
    return new Page(name, subtitle, sections);
  }

  /** What the network computed; each table says how. */
  private static List<Section> ofTheNetwork(RunDirectory run, Object precision) throws IOException {
    List<Section> sections = new ArrayList<>();
    SignalQualitySection.of(run).ifPresent(sections::add);
    RankingSection.of(run).ifPresent(sections::add);
    SanitySection.of(run).ifPresent(sections::add);
    sections.addAll(MetricSections.of(run));
    MetaEvaluationSection.of(run).ifPresent(sections::add);
    sections.addAll(ImageSections.of(run));
    LayerMapSection.of(run).ifPresent(sections::add);
    if (precision instanceof String how) {
      String remark = "Network in float32, " + how + ".";
      for (int i = 0; i < sections.size(); i++) {
        sections.set(i, sections.get(i).each(block -> noting(block, remark)));
      }
    }
    return sections;
  }

  private static Block noting(Block block, String remark) {
    if (block instanceof Block.Figure figure && figure.numbers() instanceof Block.Table table) {
      return figure.with(table.noting(remark));
    }
    return block instanceof Block.Table table ? table.noting(remark) : block;
  }

  /** Writes a page atomically. */
  static void write(Page page, Path target) throws IOException {
    StringOutput output = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", page, output);
    WholeFile.write(target, output.toString());
  }
}
