package org.explain4j.models.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.models.keras.Links.Link;
import org.explain4j.models.keras.Links.Reading;
import org.explain4j.network.files.Reason;

/**
 * Walks through Keras' description and translates each call of each layer. A layer that is called
 * several times becomes several nodes of the same weights.
 *
 * @param flipped see {@link LayerCall}
 * @param scalings collects the nodes that Rescaling and Normalization became
 */
record KerasGraph(GraphAssembly assembly, Weights weights, boolean flipped, Set<String> scalings) {
  private static final Set<String> SCALINGS = Set.of("Rescaling", "Normalization");

  /** A call of a layer of a functional model that is still to be translated. */
  private record Open(KerasLayer layer, int call, Reading reading) {}

  /** The outputs of a layer or model that is applied to inputs. */
  List<Tensor> apply(KerasLayer layer, List<Tensor> inputs, boolean training) {
    if (!layer.isModel()) {
      return List.of(translated(layer, inputs, training));
    }
    return layer.isSequential() ? sequential(layer, inputs) : functional(layer, inputs);
  }

  private List<Tensor> sequential(KerasLayer model, List<Tensor> inputs) {
    List<Tensor> values = inputs;
    for (KerasLayer layer : model.layers()) {
      values = apply(layer, values, false);
    }
    return values;
  }

  private List<Tensor> functional(KerasLayer model, List<Tensor> inputs) {
    Map<Link, Tensor> values = new HashMap<>();
    List<Link> ends = Links.ends(model, "input_layers");
    if (ends.size() != inputs.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "model '%s' (%s): It has the inputs %s, but was given %d.",
              model.name(),
              model.type(),
              ends.stream().map(Link::layer).toList(),
              inputs.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      values.put(new Link(ends.get(i).layer(), 0, 0), inputs.get(i));
    }
    List<Link> outputs = Links.ends(model, "output_layers");
    List<Open> open = open(model, outputs);
    while (!open.isEmpty()) {
      List<Open> later = new ArrayList<>();
      for (Open call : open) {
        if (values.keySet().containsAll(call.reading().links())) {
          List<Tensor> read = call.reading().links().stream().map(values::get).toList();
          List<Tensor> result = apply(call.layer(), read, call.reading().training());
          for (int i = 0; i < result.size(); i++) {
            values.put(new Link(call.layer().ownName(), call.call(), i), result.get(i));
          }
        } else {
          later.add(call);
        }
      }
      if (later.size() == open.size()) {
        throw unknown(later.get(0), values.keySet());
      }
      open = later;
    }
    return outputs.stream().map(link -> value(model, values, link)).toList();
  }

  /** All calls of a functional model's layers, in the file's order. */
  private static List<Open> open(KerasLayer model, List<Link> outputs) {
    Map<String, KerasLayer> layers = new LinkedHashMap<>();
    Set<Link> links = new HashSet<>(outputs);
    for (KerasLayer layer : model.layers()) {
      if (layers.put(layer.ownName(), layer) != null) {
        throw new IllegalArgumentException(layer.described() + ": Two layers have this name.");
      }
      Links.readings(layer).forEach(reading -> links.addAll(reading.links()));
    }
    List<Open> open = new ArrayList<>();
    for (KerasLayer layer : layers.values()) {
      // A model's first call is its own, from its input to its output, in most versions.
      boolean fromZero = !layer.isModel() || links.contains(new Link(layer.ownName(), 0, 0));
      int call = fromZero ? 0 : 1;
      for (Reading reading : Links.readings(layer)) {
        open.add(new Open(layer, call++, reading));
      }
    }
    return open;
  }

  private static IllegalArgumentException unknown(Open call, Set<Link> known) {
    Link missing =
        call.reading().links().stream().filter(l -> !known.contains(l)).findFirst().orElseThrow();
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: It reads '%s' (call %d, output %d), which is not the output of a layer before it.",
            call.layer().described(),
            missing.layer(),
            missing.call(),
            missing.output()));
  }

  private static Tensor value(KerasLayer model, Map<Link, Tensor> values, Link link) {
    Tensor value = values.get(link);
    if (value == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "model '%s' (%s): Its output '%s' (call %d, output %d) is not the output of a layer.",
              model.name(),
              model.type(),
              link.layer(),
              link.call(),
              link.output()));
    }
    return value;
  }

  private Tensor translated(KerasLayer layer, List<Tensor> inputs, boolean training) {
    try {
      LayerCall call =
          new LayerCall(
              assembly,
              layer.name(),
              layer.settings(),
              Weights.variables(layer),
              weights.of(layer),
              inputs,
              flipped,
              training);
      Tensor result = LayerTypes.of(layer).translation().apply(call);
      if (SCALINGS.contains(layer.type())) {
        scalings.add(result.node());
      }
      return result;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(layer.described() + ": " + Reason.of(e), e);
    }
  }
}
