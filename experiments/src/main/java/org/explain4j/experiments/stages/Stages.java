package org.explain4j.experiments.stages;

import java.util.List;
import java.util.Map;
import org.explain4j.api.Progress;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.passes.MomentsCollector;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.setup.TableNames;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.NetworkNode;
import org.explain4j.reports.runs.RunTable;

/** The stages of a run that has a network, in their order; nothing flows back. */
record Stages(Run run, MomentsCollector collector) {

  Stages(Run run) {
    this(run, new MomentsCollector(run));
  }

  /** Asks for every cell, of a ledger that does no work. */
  static void foresee(Setup setup, RunOutput output, Ledger forecast) {
    Run run = new Run(setup, output, forecast, Progress.silent());
    for (SplitMoments wanted : SplitMoments.of(setup)) {
      for (Node node : wanted.nodes()) {
        forecast.cell(SplitMoments.STAGE, wanted.cell(node), wanted.hash(), cell -> {});
      }
    }
    new Stages(run).all();
  }

  /** Everything that the network is needed for. */
  void all() {
    network();
    new ImageStage(run).accuracy();
    WarningStage warnings = new WarningStage(run);
    run.progress().begin("looking for mistakes in the setting", 0, "");
    warnings.network();
    LayerPatterns patterns = new LayerPatterns(run, collector);
    new PatternStage(run, patterns).run();
    run.ledger().writeTables();
    if (run.experiment().signalQuality().isPresent()) {
      new SignalQualityStage(run, patterns, collector).run();
    }
    run.ledger().writeTables();
    if (!run.experiment().explainers().isEmpty()) {
      ExplainedImages images = new ImageStage(run).images();
      List<Explained> explained = new AttributionStage(run, patterns, images).run();
      run.ledger().writeTables();
      new LayerMapStage(run, images).run(explained);
      Binding binding = new Binding(run, patterns, images.preprocessing());
      new MetricStage(run, images, explained, binding).run();
      new RankingStage(run, explained).run();
      run.ledger().writeTables();
      if (run.experiment().metaEvaluation().isPresent()) {
        new MetaEvaluationStage(run, images, explained, binding).run();
      }
    }
    run.progress().begin("looking at the results", 0, "");
    warnings.results();
    run.experiment()
        .report()
        .estimatorMaps()
        .forEach(
            (estimator, map) ->
                run.ledger().row(RunTable.ESTIMATOR_MAPS, new EstimatorMap(estimator, map)));
  }

  /**
   * Moments that nothing asked for are kept; damaged ones are collected again, deleted ones not.
   */
  void keepMoments() {
    for (SplitMoments wanted : SplitMoments.of(run.setup())) {
      collector.mend(wanted);
      wanted
          .nodes()
          .forEach(node -> run.ledger().keep(SplitMoments.STAGE, wanted.cell(node), wanted.hash()));
    }
  }

  private void network() {
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
