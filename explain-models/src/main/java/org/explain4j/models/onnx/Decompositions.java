package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Finds functions that exporters write as several operators, and puts one node in their place. A
 * row of the table is the pattern of what is computed, however its sums and products are nested.
 */
final class Decompositions {
  /** Normalisation over some axes, without scale and shift; no operator of ONNX. */
  static final String LAYER_NORM = "layer-norm";

  /**
   * What is computed, and by which operator.
   *
   * @param attributes the operator's, by the names of numbers in the pattern
   */
  private record Row(Term pattern, String operator, Map<String, String> attributes) {
    Row(String pattern, String operator, String... attributes) {
      this(Term.parse(pattern), operator, pairs(attributes));
    }

    private static Map<String, String> pairs(String... names) {
      Map<String, String> pairs = new HashMap<>();
      for (int i = 0; i < names.length; i += 2) {
        pairs.put(names[i], names[i + 1]);
      }
      return pairs;
    }
  }

  private static final String CENTRED = "Add(x,Mul(-1,ReduceMean(x)))";
  private static final String VARIANCE =
      String.format(Locale.ROOT, "ReduceMean(Mul(%s,%s))", CENTRED, CENTRED);

  private static final List<Row> ROWS =
      List.of(
          new Row("Mul(x,Sigmoid(x))", "Swish"),
          new Row("Mul(x,Sigmoid(Mul(beta,x)))", "Swish", "beta", "alpha"),
          new Row("Mul(x,HardSigmoid(x))", "HardSwish"),
          new Row("Mul(x,Clip(Add(x,3),0,6),0.1666667)", "HardSwish"),
          new Row("Mul(Clip(Add(x,3),0,6),0.1666667)", "HardSigmoid"),
          new Row("Mul(0.5,x,Add(1,Erf(Mul(0.7071068,x))))", "Gelu"),
          new Row("Mul(x,Add(0.5,Mul(0.5,Erf(Mul(0.7071068,x)))))", "Gelu"),
          new Row("Mul(0.5,x,Add(1,Tanh(Mul(0.7978846,Add(x,Mul(0.044715,x,x,x))))))", "Gelu-tanh"),
          new Row("Mul(0.5,x,Add(1,Tanh(Mul(0.7978846,x,Add(1,Mul(0.044715,x,x))))))", "Gelu-tanh"),
          new Row("Log(Add(1,Exp(x)))", "Softplus"),
          new Row("Mul(x,Tanh(Softplus(x)))", "Mish"),
          new Row("Mul(x,Reciprocal(Add(1,Abs(x))))", "Softsign"),
          new Row("Reciprocal(Add(1,Exp(Mul(-1,x))))", "Sigmoid"),
          new Row("Max(x,Mul(slope,x))", "LeakyRelu", "slope", "alpha"),
          new Row(
              String.format(
                  Locale.ROOT, "Mul(%s,Reciprocal(Sqrt(Add(eps,%s))))", CENTRED, VARIANCE),
              LAYER_NORM,
              "eps",
              "epsilon"));

  private final Map<String, OnnxValue> constants;
  private final String output;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();

  /**
   * @param constants by name
   * @param output of the graph
   */
  Decompositions(Map<String, OnnxValue> constants, String output) {
    this.constants = constants;
    this.output = output;
  }

  /** The nodes with single ones in place of those that compute a known function together. */
  List<NodeProto> recognised(List<NodeProto> nodes) {
    List<NodeProto> current = nodes;
    while (true) {
      List<NodeProto> next = step(current);
      if (next.equals(current)) {
        return current;
      }
      current = next;
    }
  }

  private List<NodeProto> step(List<NodeProto> nodes) {
    producers.clear();
    readers.clear();
    readers.put(output, 2); // it stays
    for (NodeProto node : nodes) {
      node.getOutputList().forEach(name -> producers.put(name, node));
      node.getInputList().forEach(name -> readers.merge(name, 1, Integer::sum));
    }
    List<NodeProto> changed = new ArrayList<>();
    for (NodeProto node : nodes) {
      changed.add(found(node).orElse(node));
    }
    return needed(changed);
  }

  private List<NodeProto> needed(List<NodeProto> nodes) {
    Set<String> read = new HashSet<>(Set.of(output));
    List<NodeProto> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      if (node.getOutputList().stream().anyMatch(read::contains)) {
        read.addAll(node.getInputList());
        kept.add(0, node);
      }
    }
    return kept;
  }

  private Optional<NodeProto> found(NodeProto node) {
    for (Row row : ROWS) {
      Match match = new Match(new Match.Graph(constants, producers, readers));
      if (match.matches(row.pattern(), node.getOutput(0)) && match.number("slope", 0) <= 1) {
        return Optional.of(replacement(node, row, match));
      }
    }
    return Optional.empty();
  }

  private static NodeProto replacement(NodeProto node, Row row, Match match) {
    boolean tanh = row.operator().equals("Gelu-tanh");
    NodeProto.Builder single =
        NodeProto.newBuilder()
            .setName(OnnxNode.name(node))
            .setOpType(tanh ? "Gelu" : row.operator())
            .addInput(match.input())
            .addOutput(node.getOutput(0))
            .addAllAttribute(match.attributes());
    row.attributes()
        .forEach(
            (name, attribute) -> single.addAttribute(Match.real(attribute, match.number(name, 0))));
    if (tanh) {
      single.addAttribute(text("approximate", "tanh"));
    } else if (row.operator().equals("HardSigmoid")) {
      single.addAttribute(Match.real("alpha", 1.0 / 6)).addAttribute(Match.real("beta", 0.5));
    }
    return single.build();
  }

  private static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }
}
