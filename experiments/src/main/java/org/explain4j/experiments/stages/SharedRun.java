package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Path;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.passes.MomentsCollector;
import org.explain4j.experiments.passes.Plan;
import org.explain4j.experiments.passes.ShardRun;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.results.Share;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.setup.Shard;
import org.explain4j.experiments.setup.WeightsGuard;
import org.explain4j.network.files.Folders;

/**
 * What several processes do of one experiment, each a part: moments by ranges of the images, other
 * work by cells.
 *
 * @param runner of the whole experiment
 */
public record SharedRun(Runner runner) {

  /**
   * Computes the moments of one shard and writes them to a file. The work done so far is kept
   * beside it until it is complete.
   *
   * @throws ConfigurationException as {@link Runner#run}, and if the experiment takes no moments
   * @throws IOException as {@link Runner#run}
   */
  public void moments(Shard shard, Path out, CellWatch watch) throws IOException {
    moments(open(), shard, out, watch);
  }

  /**
   * Likewise, with data and network that are open.
   *
   * @param whole of {@link #open}
   */
  public void moments(Setup whole, Shard shard, Path out, CellWatch watch) throws IOException {
    runner.watch(watch);
    Path work = ShardRun.work(out);
    try (RunOutput output = RunOutput.open(work)) {
      Run run =
          new Run(
              whole.shard(shard), output, new Ledger(output, () -> {}, watch), runner.progress());
      runner
          .announce()
          .accept(
              Plan.of(run.setup(), (wanted, node) -> MomentsCollector.isMissing(run, wanted, node))
                  .text());
      ShardRun.moments(run, whole, shard, out);
    }
    Folders.delete(work);
  }

  /**
   * Opens data and network.
   *
   * @throws ConfigurationException as {@link Runner#run}, and if there is no network
   * @throws IOException as {@link Runner#run}
   */
  public Setup open() throws IOException {
    if (!runner.experiment().hasNetwork()) {
      throw new ConfigurationException("", "this experiment has no network");
    }
    return runner.opening().open();
  }

  /**
   * Refuses a folder that a run would refuse.
   *
   * @throws ConfigurationException if it holds another experiment's results
   */
  public void requireSame(Setup setup, RunOutput output) throws IOException {
    runner.requireSame(new Run(setup, output, Ledger.forecast(output), Progress.silent()));
  }

  /** Which cells are finished in a folder, and which a run there would work on. */
  public SharedCells cells(Setup setup, RunOutput output) {
    Ledger ledger = Ledger.forecast(output);
    Stages.foresee(setup, output, ledger);
    return new SharedCells(runner.experiment(), ledger.forecast());
  }

  /**
   * Works on some cells alone. Tables and report are left to a {@link Runner#run} that finds them
   * all.
   *
   * @param setup of {@link #open}
   * @return the ledger, with the failures
   */
  public Ledger share(Setup setup, RunOutput output, Runner.Session session, Share share)
      throws IOException {
    runner.watch(session.watch());
    Ledger ledger = new Ledger(output, session.lenders(), share, () -> {}, session.watch());
    Run run = new Run(setup, output, ledger, runner.progress());
    ledger.afterWork(new WeightsGuard(run.network(), runner.opening()::network)::check);
    if (session.moments().isPresent()) {
      ShardRun.take(run, session.moments().get());
    }
    new Stages(run).all();
    return ledger;
  }
}
