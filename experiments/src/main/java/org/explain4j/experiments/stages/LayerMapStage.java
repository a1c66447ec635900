package org.explain4j.experiments.stages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Attributor;
import org.explain4j.api.Propagation;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.setup.LayerMessages;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.LayerMap;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What each layer passes down for the first image: the signals of PatternNet, the relevance of
 * PatternAttribution.
 */
final class LayerMapStage {
  private static final String NAME = "layers";
  private static final List<String> SHOWN = List.of("pattern-net", "pattern-attribution");

  /** A deep network has more layers than fit side by side. */
  private static final int MOST = 12;

  private final Run run;
  private final ExplainedImages images;

  LayerMapStage(Run run, ExplainedImages images) {
    this.run = run;
    this.images = images;
  }

  /** Of the first method of each id. */
  void run(List<Explained> methods) {
    for (String id : SHOWN) {
      methods.stream()
          .filter(method -> method.explainer().extension().id().equals(id))
          .findFirst()
          .ifPresent(
              method ->
                  run.ledger()
                      .cell(
                          NAME,
                          method.explainer().label(),
                          CellHash.of(NAME, method.hash(), MOST),
                          cell -> maps(cell, method)));
    }
  }

  private void maps(Cell cell, Explained method) {
    Attributor bound = method.attributor().get();
    if (!(bound instanceof Propagation) || images.size() == 0) {
      return; // a plug-in of this id may be anything
    }
    String label = method.explainer().label();
    for (Node node : nodes()) {
      Optional<LayerMessages> messages = LayerMessages.of(bound, run.network(), node);
      if (messages.isPresent()) {
        String file = NAME + "/" + label + "/" + FileNames.of(node.name()) + ".npy";
        try (INDArray input = images.inputs(0, 1);
            INDArray arrived = messages.get().attribute(input, images.classes(0, 1));
            INDArray sum = arrived.sum(true, 1)) {
          cell.array(file, sum);
          cell.row(RunTable.LAYER_MAPS, new LayerMap(label, node.name(), file));
        }
      }
    }
  }

  /** Linear layers whose output is an image, evenly chosen. */
  private List<Node> nodes() {
    Map<String, List<Long>> shapes = run.network().shapes();
    List<Node> all =
        run.network().linearNodes().stream()
            .filter(node -> shapes.get(node.name()).size() == 3)
            .toList();
    int count = Math.min(MOST, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get(count == 1 ? 0 : i * (all.size() - 1) / (count - 1)))
        .toList();
  }
}
