package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.explain4j.models.onnx.OnnxValue.Constant;
import org.explain4j.models.onnx.OnnxValue.Integers;

/**
 * Whether a part of a graph computes what a pattern says. The name x of a pattern stands for one
 * value of the graph, any other name for one number.
 */
final class Match {
  private static final double TOLERANCE = 1e-4; // of numbers, which exporters round
  private static final String INPUT = "x";
  private static final int DEEPEST = 20;

  /** A graph: constants and the nodes that give its values, by name, and who reads them. */
  record Graph(
      Map<String, OnnxValue> constants,
      Map<String, NodeProto> producers,
      Map<String, Integer> readers) {}

  private final Graph graph;
  private final Map<String, Double> numbers = new HashMap<>();
  private final Map<String, AttributeProto> attributes = new HashMap<>();
  private String input = "";

  Match(Graph graph) {
    this.graph = graph;
  }

  /** The value that the pattern's x stands for. */
  String input() {
    return input;
  }

  double number(String name, double otherwise) {
    return numbers.getOrDefault(name, otherwise);
  }

  /** What the operators inside have and the single one needs, too. */
  Iterable<AttributeProto> attributes() {
    return attributes.values();
  }

  /** Whether a value of the graph is what the pattern says. */
  boolean matches(Term pattern, String value) {
    return matches(pattern, new Term.Name(value));
  }

  private boolean matches(Term pattern, Term term) {
    if (pattern instanceof Term.Real expected) {
      return term instanceof Term.Real found && isClose(expected.value(), found.value());
    }
    if (pattern instanceof Term.Name name) {
      return bound(name.name(), term);
    }
    if (pattern instanceof Term.Call call) {
      return called(call, term);
    }
    Term.Many many = (Term.Many) pattern;
    Term expanded =
        term instanceof Term.Name name ? expanded(many.product(), name.name()).orElse(term) : term;
    return expanded instanceof Term.Many found
        && found.product() == many.product()
        && found.arguments().size() == many.arguments().size()
        && inSomeOrder(many.arguments(), new ArrayList<>(found.arguments()));
  }

  private static boolean isClose(double expected, double found) {
    return Math.abs(found - expected) <= TOLERANCE * Math.abs(expected);
  }

  private boolean bound(String name, Term term) {
    if (name.equals(INPUT)) {
      if (!(term instanceof Term.Name value) || graph.constants().containsKey(value.name())) {
        return false;
      }
      input = input.isEmpty() ? value.name() : input;
      return input.equals(value.name());
    }
    if (!(term instanceof Term.Real number)) {
      return false;
    }
    numbers.putIfAbsent(name, number.value());
    return numbers.get(name) == number.value();
  }

  private boolean inSomeOrder(List<Term> patterns, List<Term> terms) {
    if (patterns.isEmpty()) {
      return true;
    }
    for (int i = 0; i < terms.size(); i++) {
      Map<String, Double> numbersBefore = new HashMap<>(numbers);
      Map<String, AttributeProto> attributesBefore = new HashMap<>(attributes);
      String inputBefore = input;
      List<Term> others = new ArrayList<>(terms);
      if (matches(patterns.get(0), others.remove(i))
          && inSomeOrder(patterns.subList(1, patterns.size()), others)) {
        return true;
      }
      numbers.clear();
      numbers.putAll(numbersBefore);
      attributes.clear();
      attributes.putAll(attributesBefore);
      input = inputBefore;
    }
    return false;
  }

  private boolean called(Term.Call pattern, Term term) {
    if (term instanceof Term.Call call) {
      return call.operator().equals(pattern.operator())
          && matches(pattern.arguments().get(0), call.arguments().get(0));
    }
    NodeProto node = term instanceof Term.Name name ? graph.producers().get(name.name()) : null;
    if (node == null || !node.getOpType().equals(pattern.operator()) || !keeps(node)) {
      return false;
    }
    List<Term> arguments = arguments(node);
    if (arguments.size() != pattern.arguments().size()) {
      return false;
    }
    if (node.getOpType().equals("Max")) {
      return inSomeOrder(pattern.arguments(), arguments);
    }
    return IntStream.range(0, arguments.size())
        .allMatch(i -> matches(pattern.arguments().get(i), arguments.get(i)));
  }

  /** Takes over an operator's attributes; all of one kind must have the same. */
  private boolean keeps(NodeProto node) {
    Scope scope = new Scope(0);
    scope.values().putAll(graph.constants());
    OnnxNode read = new OnnxNode(node, scope);
    if (node.getOpType().equals("HardSigmoid")) {
      return kept(real("alpha", read.number("alpha", 0.2)))
          && kept(real("beta", read.number("beta", 0.5)));
    }
    if (!node.getOpType().equals("ReduceMean")) {
      return true;
    }
    if (read.has(1) && !(read.value(1) instanceof Integers)) {
      return false;
    }
    AttributeProto.Builder axes =
        AttributeProto.newBuilder().setName("axes").setType(AttributeProto.AttributeType.INTS);
    long[] numbered = read.integers(1, "axes").orElse(new long[0]);
    Arrays.stream(numbered).forEach(axes::addInts);
    return numbered.length > 0 && read.integer("keepdims", 1) == 1 && kept(axes.build());
  }

  private boolean kept(AttributeProto attribute) {
    attributes.putIfAbsent(attribute.getName(), attribute);
    return attributes.get(attribute.getName()).equals(attribute);
  }

  static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  private List<Term> arguments(NodeProto node) {
    List<Term> arguments = new ArrayList<>();
    int count = node.getOpType().equals("ReduceMean") ? 1 : node.getInputCount();
    node.getInputList().stream().limit(count).map(this::term).forEach(arguments::add);
    if (node.getOpType().equals("Clip")) { // it had its bounds in attributes
      for (String bound : arguments.size() == 1 ? List.of("min", "max") : List.<String>of()) {
        node.getAttributeList().stream()
            .filter(a -> a.getName().equals(bound))
            .forEach(a -> arguments.add(new Term.Real(a.getF())));
      }
    }
    return arguments;
  }

  private Term term(String value) {
    return graph.constants().get(value) instanceof Constant constant && constant.length() == 1
        ? new Term.Real(constant.numbers()[0])
        : new Term.Name(value);
  }

  /** A value as a sum or product. */
  private Optional<Term> expanded(boolean product, String value) {
    NodeProto node = graph.producers().get(value);
    if (node == null || parts(product, node).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Term.Many.of(product, parts(product, node, DEEPEST)));
  }

  private List<Term> parts(boolean product, NodeProto node) {
    return parts(product, node, 0);
  }

  /** The arguments of a sum or product; none if the node is none. */
  private List<Term> parts(boolean product, NodeProto node, int depth) {
    List<Term> inputs = node.getInputList().stream().map(this::term).toList();
    boolean one = inputs.size() == 2;
    return switch (node.getOpType()) {
      case "Add" -> product ? List.of() : deeper(product, inputs, depth);
      case "Sub" ->
          product || !one
              ? List.of()
              : joined(deeper(product, inputs.subList(0, 1), depth), times(-1, inputs.get(1)));
      case "Mul" -> product ? deeper(product, inputs, depth) : List.of();
      case "Neg" -> product ? List.of(new Term.Real(-1), inputs.get(0)) : List.of();
      case "Div" ->
          product && one
              ? joined(deeper(product, inputs.subList(0, 1), depth), inverse(inputs.get(1)))
              : List.of();
      case "Pow" ->
          product && one && inputs.get(1) instanceof Term.Real power
              ? repeated(inputs.get(0), power.value())
              : List.of();
      default -> List.of();
    };
  }

  /** Sums in sums, and products in products, that nothing else reads. */
  private List<Term> deeper(boolean product, List<Term> inputs, int depth) {
    List<Term> all = new ArrayList<>();
    for (Term input : inputs) {
      NodeProto node =
          input instanceof Term.Name name && graph.readers().getOrDefault(name.name(), 0) == 1
              ? graph.producers().get(name.name())
              : null;
      List<Term> parts = node == null || depth <= 0 ? List.of() : parts(product, node, depth - 1);
      all.addAll(parts.isEmpty() ? List.of(input) : parts);
    }
    return all;
  }

  private static List<Term> joined(List<Term> terms, Term last) {
    List<Term> all = new ArrayList<>(terms);
    all.add(last);
    return all;
  }

  private static Term times(double factor, Term term) {
    return Term.Many.of(true, List.of(new Term.Real(factor), term));
  }

  private static Term inverse(Term term) {
    return term instanceof Term.Real number
        ? new Term.Real(1 / number.value())
        : new Term.Call("Reciprocal", List.of(term));
  }

  private static List<Term> repeated(Term term, double power) {
    List<Term> all = new ArrayList<>();
    for (int i = 0; i < power && power <= 4 && power == Math.rint(power); i++) {
      all.add(term);
    }
    return all;
  }
}
