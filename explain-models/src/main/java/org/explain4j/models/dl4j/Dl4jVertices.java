package org.explain4j.models.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Add;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Concat;
import org.explain4j.network.files.Reason;

/** Translates one vertex of a computation graph that is not a layer. */
record Dl4jVertices(GraphAssembly assembly, String name) {

  Dl4jValue translate(GraphVertex vertex, List<Dl4jValue> inputs) {
    try {
      if (vertex instanceof PreprocessorVertex preprocessor) {
        return new Dl4jLayers(assembly, name, Map.of())
            .preprocessed(preprocessor.getPreProcessor(), inputs.get(0));
      }
      return new Dl4jValue(combined(vertex, inputs.stream().map(Dl4jValue::plain).toList()), false);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "vertex '%s' (%s): %s",
              name,
              vertex.getClass().getSimpleName(),
              Reason.of(e)),
          e);
    }
  }

  private String combined(GraphVertex vertex, List<String> inputs) {
    if (vertex instanceof MergeVertex) {
      return assembly.add(name, new Concat(), inputs.toArray(String[]::new));
    }
    if (vertex instanceof ElementWiseVertex elementWise) {
      return elementWise(elementWise.getOp(), inputs);
    }
    if (vertex instanceof ScaleVertex scale) {
      return assembly.addAffine(name, scale.getScaleFactor(), 0, inputs.get(0));
    }
    if (vertex instanceof ShiftVertex shift) {
      return assembly.addAffine(name, 1, shift.getShiftFactor(), inputs.get(0));
    }
    if (vertex instanceof SubsetVertex subset) {
      return assembly.add(
          name, new ChannelSlice(subset.getFrom(), subset.getTo() + 1L), inputs.get(0));
    }
    throw new IllegalArgumentException(
        "Not supported. Supported vertices: merge, element-wise (add, subtract, product, average),"
            + " scale, shift, subset, preprocessor.");
  }

  private String elementWise(ElementWiseVertex.Op operation, List<String> inputs) {
    List<String> terms = new ArrayList<>(inputs);
    switch (operation) {
      case Add -> {}
      case Product -> {
        return assembly.addProduct(name, inputs);
      }
      case Subtract -> terms.set(1, assembly.addAffine(name + ".minus", -1, 0, inputs.get(1)));
      case Average -> {
        String sum = assembly.add(name + ".sum", new Add(), terms.toArray(String[]::new));
        return assembly.addAffine(name, 1.0 / inputs.size(), 0, sum);
      }
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "The operation %s is not supported; add, subtract, product and average are.",
                  operation));
    }
    return assembly.add(name, new Add(), terms.toArray(String[]::new));
  }
}
