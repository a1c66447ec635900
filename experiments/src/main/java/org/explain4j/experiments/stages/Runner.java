package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.passes.MomentsCollector;
import org.explain4j.experiments.passes.Plan;
import org.explain4j.experiments.passes.ShardRun;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.recovery.RecoveryStage;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Environment;
import org.explain4j.experiments.results.Forecast;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.Lenders;
import org.explain4j.experiments.results.OffHeap;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.results.RunOutputException;
import org.explain4j.experiments.setup.Opening;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.setup.Shard;
import org.explain4j.experiments.setup.TableNames;
import org.explain4j.experiments.setup.WeightsGuard;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.NetworkNode;
import org.explain4j.reports.runs.RunTable;

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
    Environment environment =
        new Environment(output, experiment.name(), experiment.seed(), place.plugins());
    environment.note("precision", KebabCase.of(experiment.precision()));
    Ledger ledger =
        new Ledger(output, session.lenders(), () -> environment.write(output), session.watch());
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

  /** What is finished, whatever failed; the first failure is the one to show. */
  private static void writeTables(Ledger ledger, Throwable first) {
    try {
      ledger.writeTables();
    } catch (RunOutputException e) {
      first.addSuppressed(e);
    }
  }

  private void watch(CellWatch watch) {
    Optional<OffHeap> memory = Memory.given().map(Memory::bytes).map(OffHeap::new);
    watch.start(
        experiment.cellTimeout().map(TimeSpan::duration), () -> memory.flatMap(OffHeap::exceeded));
  }

  /** What a session would take over and what not, without doing it. */
  private Forecast forecast(RunOutput output, Optional<Run> run) {
    Ledger ledger = Ledger.forecast(output);
    run.map(open -> new Run(open.setup(), output, ledger, Progress.silent()))
        .ifPresent(
            open -> {
              SplitMoments.of(open.setup())
                  .forEach(wanted -> wanted.nodes().forEach(node -> foresee(open, wanted, node)));
              stages(open, new MomentsCollector(open));
            });
    others(output, ledger, run.map(Run::network));
    return ledger.forecast();
  }

  private static void foresee(Run run, SplitMoments wanted, Node node) {
    run.ledger().cell(SplitMoments.STAGE, wanted.cell(node), wanted.hash(), cell -> {});
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

  /**
   * Computes the moments of one shard and writes them to a file. The work done so far is kept
   * beside it until it is complete.
   *
   * @throws ConfigurationException as {@link #run}, and if the experiment takes no moments
   * @throws IOException as {@link #run}
   */
  public void moments(Shard shard, Path out, CellWatch watch) throws IOException {
    if (!experiment.hasNetwork()) {
      throw new ConfigurationException("", "this experiment has no network");
    }
    watch(watch);
    Setup whole = opening().open();
    Path work = ShardRun.work(out);
    try (RunOutput output = RunOutput.open(work)) {
      Run run = new Run(whole.shard(shard), output, new Ledger(output, () -> {}, watch), progress);
      announce.accept(
          Plan.of(run.setup(), (wanted, node) -> MomentsCollector.isMissing(run, wanted, node))
              .text());
      ShardRun.moments(run, whole, shard, out);
    }
    ShardRun.delete(work);
  }

  private static Plan plan(Run run) {
    RhoTasks rho = new RhoTasks(run);
    return Plan.of(
        run.setup(),
        (wanted, node) ->
            MomentsCollector.isMissing(run, wanted, node)
                && !(wanted.covariance() && rho.isDone(node)));
  }

  private Opening opening() {
    return new Opening(experiment, place.base(), place.cache(), progress);
  }

  private void measure(Run run, Optional<Path> moments) throws IOException {
    run.ledger().afterWork(new WeightsGuard(run.network(), opening()::network)::check);
    if (moments.isPresent()) {
      ShardRun.take(run, moments.get());
    }
    progress.begin("planning", 0, "");
    announce.accept(run.setup().said() + plan(run).text() + new MetricCosts(run.setup()).text());
    MomentsCollector collector = new MomentsCollector(run);
    stages(run, collector);
    SplitMoments.of(run.setup()).forEach(wanted -> keep(run, wanted, collector));
  }

  private void stages(Run run, MomentsCollector collector) {
    network(run);
    new ImageStage(run).accuracy();
    WarningStage warnings = new WarningStage(run);
    run.progress().begin("looking for mistakes in the setting", 0, "");
    warnings.network();
    LayerPatterns patterns = new LayerPatterns(run, collector);
    new PatternStage(run, patterns).run();
    run.ledger().writeTables();
    if (experiment.signalQuality().isPresent()) {
      new SignalQualityStage(run, patterns, collector).run();
    }
    run.ledger().writeTables();
    if (!experiment.explainers().isEmpty()) {
      ExplainedImages images = new ImageStage(run).images();
      List<Explained> explained = new AttributionStage(run, patterns, images).run();
      run.ledger().writeTables();
      new LayerMapStage(run, images).run(explained);
      Binding binding = new Binding(run, patterns, images.preprocessing());
      new MetricStage(run, images, explained, binding).run();
      new RankingStage(run, explained).run();
      run.ledger().writeTables();
      if (experiment.metaEvaluation().isPresent()) {
        new MetaEvaluationStage(run, images, explained, binding).run();
      }
    }
    run.progress().begin("looking at the results", 0, "");
    warnings.results();
    experiment
        .report()
        .estimatorMaps()
        .forEach(
            (estimator, map) ->
                run.ledger().row(RunTable.ESTIMATOR_MAPS, new EstimatorMap(estimator, map)));
  }

  /**
   * Moments that nothing asked for are kept; damaged ones are collected again, deleted ones not.
   */
  private static void keep(Run run, SplitMoments wanted, MomentsCollector collector) {
    collector.mend(wanted);
    wanted
        .nodes()
        .forEach(node -> run.ledger().keep(SplitMoments.STAGE, wanted.cell(node), wanted.hash()));
  }

  private static void network(Run run) {
    Map<String, List<Long>> shapes = run.network().shapes();
    for (Node node : run.network().nodes()) {
      run.ledger()
          .row(
              RunTable.NETWORK,
              new NetworkNode(
                  node.name(),
                  TableNames.layer(node),
                  String.join(" ", node.inputs()),
                  TableNames.shape(shapes.get(node.name())),
                  node.layer() instanceof LinearLayer linear
                      ? linear.weights().length() + linear.bias().length()
                      : 0));
    }
  }
}
