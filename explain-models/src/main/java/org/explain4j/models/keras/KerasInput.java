package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Network;

/**
 * The input of a Keras model.
 *
 * @param shape as Keras has it, without the batch; 0 where it is open; empty where nothing is said
 * @param order Keras' axes in the order of the network's
 */
record KerasInput(List<Long> shape, List<Integer> order) {

  static KerasInput of(KerasLayer model) {
    JsonNode stated = stated(model);
    List<Long> shape = new ArrayList<>();
    for (int i = 1; i < stated.size(); i++) { // the first is the batch
      shape.add(Math.max(0, stated.get(i).asLong()));
    }
    return new KerasInput(shape, order(model, shape.size()));
  }

  private static JsonNode stated(KerasLayer model) {
    KerasLayer first = model.layers().get(0);
    if (!model.isSequential()) {
      List<Links.Link> ends = Links.ends(model, "input_layers");
      if (ends.size() != 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "It has %d inputs %s; only networks with one input are supported.",
                ends.size(),
                ends.stream().map(Links.Link::layer).toList()));
      }
      String name = ends.get(0).layer();
      first =
          model.layers().stream()
              .filter(layer -> layer.ownName().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          String.format(Locale.ROOT, "It has no input layer '%s'.", name)));
    }
    if (first.isModel()) {
      return stated(first);
    }
    JsonNode own = first.settings().get("batch_shape", "batch_input_shape");
    return own.isMissingNode() ? model.settings().get("build_input_shape") : own;
  }

  private static List<Integer> order(KerasLayer model, int rank) {
    return switch (rank) {
      case 1 -> Tensor.VECTOR;
      case 2 -> Tensor.ONE_CHANNEL;
      case 0, 3 -> imageOrder(model);
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Its input has %d axes besides the batch; only images and vectors are supported.",
                  rank));
    };
  }

  /** As the first layer takes it that says how, seen through permutations before it. */
  private static List<Integer> imageOrder(KerasLayer model) {
    List<List<Integer>> permutations = new ArrayList<>();
    for (KerasLayer layer : model.leaves().toList()) {
      LayerConfig settings = layer.settings();
      if (layer.type().equals("Permute")) {
        List<Integer> dims = settings.integers("dims");
        if (dims.stream().sorted().toList().equals(List.of(1, 2, 3))) {
          permutations.add(0, dims);
        }
      } else if (settings.statesFormat()
          && (permutations.isEmpty() || !layer.type().equals("Flatten"))) {
        List<Integer> order =
            settings.channelsLast() ? Tensor.CHANNELS_LAST : Tensor.CHANNELS_FIRST;
        for (List<Integer> dims : permutations) {
          order = order.stream().map(axis -> dims.get(axis) - 1).toList();
        }
        return order;
      }
    }
    return Tensor.CHANNELS_LAST;
  }

  /**
   * Begins the network.
   *
   * @param given shape of one example in the network's order, for what the file leaves open; or
   *     empty
   */
  GraphAssembly begin(List<Long> given) {
    long size = given.stream().reduce(1L, (a, b) -> a * b);
    if (given.size() == 3 && shape.equals(List.of(size))) {
      return new GraphAssembly(given);
    }
    List<Long> own = new ArrayList<>();
    if (shape.isEmpty()) {
      own.addAll(given);
    } else {
      order.forEach(axis -> own.add(axis == Tensor.NONE ? 1L : shape.get(axis)));
    }
    List<Long> complete = new ArrayList<>(own);
    boolean open = own.isEmpty() || own.contains(0L);
    boolean fits = given.size() == own.size();
    for (int i = 0; open && fits && i < own.size(); i++) {
      fits = own.get(i) == 0 || own.get(i).equals(given.get(i));
      complete.set(i, given.get(i));
    }
    if (open && (own.isEmpty() || !fits)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The file leaves the shape of the input open: %s (0 = open)%s.\nMaybe set model.file.input-shape to [3, 224, 224].",
              own,
              given.isEmpty() ? "" : String.format(Locale.ROOT, ", and %s does not fit", given)));
    }
    return new GraphAssembly(complete);
  }

  /** The input as the first layer sees it. */
  Tensor tensor(GraphAssembly assembly) {
    int rank = assembly.shape(Network.INPUT).size();
    if (shape.size() == 1 && rank == 3) {
      return Tensor.of(assembly.addFlattenedInput(), Tensor.VECTOR);
    }
    return Tensor.of(Network.INPUT, rank == 1 ? Tensor.VECTOR : order);
  }
}
