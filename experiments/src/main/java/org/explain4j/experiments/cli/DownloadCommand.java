package org.explain4j.experiments.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.api.Catalog;
import org.explain4j.api.Download;
import org.explain4j.experiments.configuration.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain download}. */
@Command(
    name = "download",
    mixinStandardHelpOptions = true,
    description = {
      "Downloads public data or weights and checks them; an interrupted download resumes.",
      "'explain list downloads' shows which there are."
    })
final class DownloadCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ID",
      completionCandidates = Candidates.Downloads.class,
      description = "What to download.")
  private String id;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Target folder (default: ID in $EXPLAIN4J_DATA or ~/.explain4j/data).")
  private Path folder;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Another server that has the files as URL/ID/FILE.")
  private URI mirror;

  @Option(
      names = "--offline",
      description = "Only check the files that are there, without network access.")
  private boolean offline;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Silence after which a connection counts as broken (default: 60).")
  private int timeout;

  @Mixin private Plugins plugins;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Catalog<Download> downloads = plugins.load().of(Download.class);
    if (!downloads.providers().containsKey(id)) {
      throw ConfigurationException.unknown("explain download", "download", id, downloads.ids());
    }
    try (TerminalProgress progress = Terminal.progress(spec)) {
      Download.Request request = request(progress);
      for (Path file : downloads.get(id).fetch(request)) {
        spec.commandLine().getOut().println(file.toAbsolutePath());
      }
    }
    return 0;
  }

  private Download.Request request(TerminalProgress progress) {
    Path place = folder == null ? Download.folder(id) : folder;
    try {
      return new Download.Request(
          place, Optional.ofNullable(mirror), offline, Duration.ofSeconds(timeout), progress);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("explain download", e.getMessage());
    }
  }
}
