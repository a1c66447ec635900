package org.explain4j.models.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Network;
import org.explain4j.network.files.Reason;

/** Translates DL4J's two kinds of network. */
public final class Dl4jNetworks {
  private Dl4jNetworks() {}

  /**
   * A network, and notes on what was removed or folded, one sentence each.
   *
   * @param network up to the logits
   */
  public record Translated(Network network, List<String> notes) {}

  /**
   * Converts a trained network in memory, whose layers must state the input's shape.
   *
   * @throws IllegalArgumentException if a layer is not supported; the message names it
   */
  public static Network network(MultiLayerNetwork source) {
    return of(source, List.of()).network();
  }

  /** As {@link #network(MultiLayerNetwork)}; of several outputs the first is explained. */
  public static Network network(ComputationGraph source) {
    return of(source, List.of()).network();
  }

  /**
   * @param inputShape of one example, {@code [c,h,w]} or {@code [d]}; empty to take it from the
   *     first layer
   * @throws IllegalArgumentException if a layer is not supported; the message names it
   */
  public static Translated of(MultiLayerNetwork source, List<Long> inputShape) {
    int layers = source.getnLayers();
    for (int i = 0; i < layers; i++) {
      var layer = source.getLayer(i).conf().getLayer();
      requireSupported(name(layer.getLayerName(), "layer" + i), layer);
    }
    InputPreProcessor first = source.getLayerWiseConfigurations().getInputPreProcess(0);
    List<Long> shape =
        inputShape.isEmpty() ? inputShape(first, source.getLayer(0).conf().getLayer()) : inputShape;
    GraphAssembly assembly = new GraphAssembly(shape);
    Dl4jValue value = new Dl4jValue(Network.INPUT, false);
    for (int i = 0; i < layers; i++) {
      var configuration = source.getLayer(i).conf().getLayer();
      String name = name(configuration.getLayerName(), "layer" + i);
      Dl4jLayers translator = new Dl4jLayers(assembly, name, source.getLayer(i).paramTable());
      value =
          located(
              name,
              configuration,
              value,
              source.getLayerWiseConfigurations().getInputPreProcess(i),
              translator);
    }
    return translated(assembly, value);
  }

  /** As {@link #of(MultiLayerNetwork, List)}; of several outputs the first is explained. */
  public static Translated of(ComputationGraph source, List<Long> inputShape) {
    var configuration = source.getConfiguration();
    if (configuration.getNetworkInputs().size() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "It has %d inputs %s; only networks with one input are supported.",
              configuration.getNetworkInputs().size(),
              configuration.getNetworkInputs()));
    }
    configuration
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof LayerVertex layer) {
                requireSupported(name, layer.getLayerConf().getLayer());
              }
            });
    String input = configuration.getNetworkInputs().get(0);
    GraphAssembly assembly =
        new GraphAssembly(inputShape.isEmpty() ? inputShape(source, input) : inputShape);
    Map<String, Dl4jValue> values = new HashMap<>();
    values.put(input, new Dl4jValue(Network.INPUT, false));
    for (String vertex : order(source)) {
      GraphVertex kind = configuration.getVertices().get(vertex);
      if (kind == null) {
        continue; // an input
      }
      List<Dl4jValue> inputs = new ArrayList<>();
      configuration.getVertexInputs().get(vertex).forEach(name -> inputs.add(values.get(name)));
      if (kind instanceof LayerVertex layer) {
        var translator = new Dl4jLayers(assembly, vertex, source.getLayer(vertex).paramTable());
        var settings = layer.getLayerConf().getLayer();
        values.put(
            vertex, located(vertex, settings, inputs.get(0), layer.getPreProcessor(), translator));
      } else {
        values.put(vertex, new Dl4jVertices(assembly, vertex).translate(kind, inputs));
      }
    }
    List<String> outputs = configuration.getNetworkOutputs();
    if (outputs.size() > 1) {
      assembly.note(
          String.format(
              Locale.ROOT,
              "Of its %d outputs the first, '%s', is explained.",
              outputs.size(),
              outputs.get(0)));
    }
    return translated(assembly, values.get(outputs.get(0)));
  }

  private static List<String> order(ComputationGraph source) {
    List<String> names = new ArrayList<>();
    for (int index : source.topologicalSortOrder()) {
      names.add(source.getVertices()[index].getVertexName());
    }
    return names;
  }

  private static Translated translated(GraphAssembly assembly, Dl4jValue output) {
    Network network = assembly.network(output.node());
    return new Translated(network, assembly.notes());
  }

  private static Dl4jValue located(
      String name,
      Layer configuration,
      Dl4jValue input,
      InputPreProcessor preprocessor,
      Dl4jLayers translator) {
    try {
      Dl4jValue value = translator.preprocessed(preprocessor, input);
      return translator.translate(configuration, translator.flattenedInput(configuration, value));
    } catch (RuntimeException e) {
      throw at(name, configuration, e);
    }
  }

  /** Before the input's shape is asked for, which such layers do not state. */
  private static void requireSupported(
      String name, org.deeplearning4j.nn.conf.layers.Layer configuration) {
    try {
      Dl4jLayers.requireSupported(configuration);
    } catch (IllegalArgumentException e) {
      throw at(name, configuration, e);
    }
  }

  private static IllegalArgumentException at(
      String name, org.deeplearning4j.nn.conf.layers.Layer configuration, RuntimeException e) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "layer '%s' (%s): %s",
            name,
            configuration.getClass().getSimpleName(),
            Reason.of(e)),
        e);
  }

  private static List<Long> inputShape(ComputationGraph source, String input) {
    var configuration = source.getConfiguration();
    for (var reader : configuration.getVertexInputs().entrySet()) {
      if (reader.getValue().contains(input)
          && configuration.getVertices().get(reader.getKey()) instanceof LayerVertex layer) {
        return inputShape(layer.getPreProcessor(), layer.getLayerConf().getLayer());
      }
    }
    throw open("any");
  }

  private static List<Long> inputShape(InputPreProcessor preprocessor, Layer layer) {
    if (preprocessor instanceof FeedForwardToCnnPreProcessor image) {
      return List.of(image.getNumChannels(), image.getInputHeight(), image.getInputWidth());
    }
    if (!(layer instanceof FeedForwardLayer sized)) {
      throw open("any");
    }
    if (Dl4jLayers.isDense(layer)) {
      return List.of(sized.getNIn());
    }
    throw open(String.format(Locale.ROOT, "[%d, height, width]", sized.getNIn()));
  }

  private static IllegalArgumentException open(String shape) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "The file leaves the shape of the input open (%s).\nMaybe set model.file.input-shape to [3, 224, 224].",
            shape));
  }

  private static String name(String given, String otherwise) {
    return given == null || given.isBlank() ? otherwise : given;
  }
}
