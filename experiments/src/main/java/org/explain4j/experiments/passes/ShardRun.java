package org.explain4j.experiments.passes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.results.MomentsFile;
import org.explain4j.experiments.results.Version;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.setup.Shard;
import org.explain4j.network.Node;

/**
 * Moves moments between an experiment's run directory and files that go from machine to machine.
 */
public final class ShardRun {
  private ShardRun() {}

  /** What the moments of an experiment's whole splits belong to. */
  public static MomentsFile.About about(Setup whole, List<Integer> shards, int count) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version of explain4j", Version.current());
    facts.put("network", whole.model().fingerprint());
    facts.put("preprocessing", whole.model().preprocessing().toString());
    facts.put("seed", Long.toString(whole.experiment().seed()));
    facts.put("batch", Integer.toString(whole.experiment().batch()));
    List<SplitMoments> needed = needed(whole);
    facts.put(
        "set of splits", needed.stream().map(SplitMoments::split).collect(Collectors.joining(" ")));
    for (SplitMoments wanted : needed) {
      facts.put("split " + wanted.split(), wanted.part().size() + " " + wanted.part().hash());
      facts.put(
          "patches-per-image on split " + wanted.split(),
          wanted.patches() == 0 ? "all" : Integer.toString(wanted.patches()));
      facts.put(
          "set of layers on split " + wanted.split(),
          wanted.nodes().stream().map(Node::name).collect(Collectors.joining(" ")));
    }
    return new MomentsFile.About(facts, shards, count);
  }

  private static List<SplitMoments> needed(Setup setup) {
    List<SplitMoments> needed = SplitMoments.of(setup);
    if (needed.isEmpty()) {
      throw new ConfigurationException(
          "", "this experiment needs no moments: it has neither 'estimators' nor 'signal-quality'");
    }
    return needed;
  }

  /** Collects a shard's moments, and packs them into one file. */
  public static void moments(Run run, Setup whole, Shard shard, Path out) throws IOException {
    MomentsCollector collector = new MomentsCollector(run);
    Map<String, Path> layers = new LinkedHashMap<>();
    for (SplitMoments wanted : needed(run.setup())) {
      collector.require(wanted, wanted.nodes());
      for (Node node : wanted.nodes()) {
        layers.put(name(wanted, node), run.output().root().resolve(wanted.file(node)));
      }
    }
    MomentsFile.pack(out, about(whole, List.of(shard.index()), shard.count()), layers);
  }

  /** Copies merged moments into a run, as if it had collected them. */
  public static void take(Run run, Path file) throws IOException {
    MomentsFile.require(file, about(run.setup(), List.of(), 1));
    for (SplitMoments wanted : needed(run.setup())) {
      for (Node node : wanted.nodes()) {
        run.ledger()
            .cell(
                SplitMoments.STAGE,
                wanted.cell(node),
                wanted.hash(),
                cell ->
                    cell.file(
                        wanted.file(node),
                        layer -> MomentsFile.unpack(file, name(wanted, node), layer)))
            .ifPresent(
                error -> {
                  throw new UncheckedIOException(
                      "The moments cannot be used: " + error, new IOException(error));
                });
      }
    }
  }

  private static String name(SplitMoments wanted, Node node) {
    return wanted.split() + "/" + node.name();
  }

  /** Where a shard's work is kept until its file is complete. */
  public static Path work(Path out) {
    return out.toAbsolutePath().resolveSibling(out.getFileName() + ".work");
  }
}
