package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Progress;
import org.explain4j.experiments.claims.ClaimStage;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Memory;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.configuration.TimeSpan;
import org.explain4j.experiments.passes.MomentsCollector;
import org.explain4j.experiments.passes.Plan;
import org.explain4j.experiments.passes.ShardRun;
import org.explain4j.experiments.recovery.RecoveryStage;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Environment;
import org.explain4j.experiments.results.Forecast;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.Lenders;
import org.explain4j.experiments.results.OffHeap;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.results.RunOutputException;
import org.explain4j.experiments.results.Share;
import org.explain4j.experiments.setup.Opening;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.setup.WeightsGuard;
import org.explain4j.network.Network;

/**
 * Runs an experiment from its configuration to its tables; nothing flows back. Run again on the
 * same directory, it does only what has not been done yet or has changed.
 *
 * @param experiment checked
 * @param place where it runs
 * @param announce receives the plan before work starts
 */
public record Runner(
    Experiment experiment, Place place, Progress progress, Consumer<String> announce) {

  /**
   * How a session goes about the run directory.
   *
   * @param moments a file of merged moments to continue from
   * @param overwrite whether another experiment's results may be replaced
   * @param watch over each cell that is worked on
   * @param lenders other runs whose finished cells may be taken over
   */
  public record Session(
      Optional<Path> moments, boolean overwrite, CellWatch watch, Lenders lenders) {
    /** One that takes nothing over from other runs. */
    public Session(Optional<Path> moments, boolean overwrite, CellWatch watch) {
      this(moments, overwrite, watch, Lenders.NONE);
    }
  }

  /**
   * @return the ledger, with every table and failure
   * @throws ConfigurationException if the configuration does not fit data or model, or if the
   *     folder holds another experiment's results
   * @throws IOException if data or model cannot be read
   */
  public Ledger run(RunOutput output, Session session) throws IOException {
    watch(session.watch());
    Environment environment = environment(output);
    Ledger ledger =
        new Ledger(
            output, session.lenders(), Share.ALL, () -> environment.write(output), session.watch());
    Optional<Run> run =
        experiment.hasNetwork()
            ? Optional.of(new Run(opening().open(), output, ledger, progress))
            : Optional.empty();
    run.ifPresent(opened -> new Provenance(opened).describe(environment));
    EarlierRun earlier = EarlierRun.in(output);
    if (!session.overwrite()) {
      earlier.requireSame(environment.facts(), experiment, output.root());
    }
    progress.begin("looking for finished work", 0, "");
    announce.accept(earlier.changes(experiment, () -> forecast(output, run)));
    output.writeConfiguration(Settings.yaml(experiment));
    try {
      if (run.isPresent()) {
        measure(run.get(), session.moments());
        new Provenance(run.get()).describe(environment);
      }
      others(output, ledger, run.map(Run::network));
    } catch (RuntimeException | Error | IOException e) {
      writeTables(ledger, e);
      throw e;
    }
    progress.begin("writing the tables", 0, "");
    ledger.writeTables();
    ledger.removeLeftovers();
    if (!ledger.keepsTimes()) {
      environment.write(output);
    }
    return ledger;
  }

  private Environment environment(RunOutput output) throws IOException {
    Environment environment =
        new Environment(output, experiment.name(), experiment.seed(), place.plugins());
    environment.note("precision", KebabCase.of(experiment.precision()));
    return environment;
  }

  /**
   * Refuses a folder that {@link #run} would refuse.
   *
   * @throws ConfigurationException if it holds another experiment's results
   */
  void requireSame(Run run) throws IOException {
    Environment environment = environment(run.output());
    new Provenance(run).describe(environment);
    EarlierRun.in(run.output()).requireSame(environment.facts(), experiment, run.output().root());
  }

  /** What is finished, whatever failed; the first failure is the one to show. */
  private static void writeTables(Ledger ledger, Throwable first) {
    try {
      ledger.writeTables();
    } catch (RunOutputException e) {
      first.addSuppressed(e);
    }
  }

  void watch(CellWatch watch) {
    Optional<OffHeap> memory = Memory.given().map(Memory::bytes).map(OffHeap::new);
    watch.start(
        experiment.cellTimeout().map(TimeSpan::duration), () -> memory.flatMap(OffHeap::exceeded));
  }

  /** What a session would take over and what not, without doing it. */
  private Forecast forecast(RunOutput output, Optional<Run> run) {
    Ledger ledger = Ledger.forecast(output);
    run.ifPresent(open -> Stages.foresee(open.setup(), output, ledger));
    others(output, ledger, run.map(Run::network));
    return ledger.forecast();
  }

  private void others(RunOutput output, Ledger ledger, Optional<Network> network) {
    experiment
        .signalRecovery()
        .ifPresent(toy -> new RecoveryStage(toy, experiment, ledger, progress).run());
    if (experiment.claims().isPresent()) {
      new ClaimStage(experiment, output, ledger).run(network);
    }
  }

  /**
   * The passes over the data that a run from scratch would make, as text; empty if the experiment
   * has no network.
   *
   * @throws ConfigurationException if the configuration does not fit data, model or memory
   * @throws IOException if data or model cannot be read
   */
  public String plan() throws IOException {
    if (!experiment.hasNetwork()) {
      return "";
    }
    return opening()
        .openIfReady()
        .map(
            setup ->
                setup.said()
                    + Plan.of(setup, (wanted, node) -> true).text()
                    + new MetricCosts(setup).text())
        .orElse("plan: not known before the network is trained\n");
  }

  private static Plan plan(Run run) {
    RhoTasks rho = new RhoTasks(run);
    return Plan.of(
        run.setup(),
        (wanted, node) ->
            MomentsCollector.isMissing(run, wanted, node)
                && !(wanted.covariance() && rho.isDone(node)));
  }

  Opening opening() {
    return new Opening(experiment, place.base(), place.cache(), progress);
  }

  private void measure(Run run, Optional<Path> moments) throws IOException {
    run.ledger().afterWork(new WeightsGuard(run.network(), opening()::network)::check);
    if (moments.isPresent()) {
      ShardRun.take(run, moments.get());
    }
    progress.begin("planning", 0, "");
    announce.accept(run.setup().said() + plan(run).text() + new MetricCosts(run.setup()).text());
    Stages stages = new Stages(run);
    stages.all();
    stages.keepMoments();
  }
}
