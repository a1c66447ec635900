package org.explain4j.models.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.explain4j.network.Activation;
import org.explain4j.network.Affine;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerKind;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Product;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network while its nodes are being read: knows every node's output shape and checks each layer.
 */
public final class GraphAssembly {
  /** Size of one example's activation beyond which a file counts as damaged. */
  private static final long LARGEST_ACTIVATION = 1L << 28;

  private final List<Long> inputShape;
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, List<Long>> shapes = new HashMap<>();

  /**
   * @param inputShape of one example
   */
  public GraphAssembly(List<Long> inputShape) {
    this.inputShape = inputShape;
    shapes.put(Network.INPUT, checkedSize("input", inputShape));
  }

  /** Output shape of a node for one example, {@code [c,h,w]} or {@code [d]}. */
  public List<Long> shape(String node) {
    return shapes.get(node);
  }

  /** Remembers a sentence about what was removed, folded or assumed. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /**
   * Adds a node.
   *
   * @param name as the file has it; made safe for file names and unique
   * @return the name it got
   * @throws IllegalArgumentException if the layer cannot take its inputs' shapes, or its weights
   *     are not finite
   */
  public String add(String name, Layer layer, String... inputs) {
    if (layer instanceof LinearLayer linear) {
      requireFinite(linear.weights(), linear.bias());
    } else if (layer instanceof Affine affine) {
      requireFinite(affine.scale(), affine.shift());
    }
    String unique = unique(safe(name));
    List<Long> output =
        checkedSize(name, layer.outputShape(Arrays.stream(inputs).map(shapes::get).toList()));
    nodes.add(new Node(unique, layer, List.of(inputs)));
    shapes.put(unique, output);
    return unique;
  }

  /** Adds a flatten of the input, for a network of vectors that is given images. */
  public String addFlattenedInput() {
    note("The network takes vectors: images are flattened first, in the order c, h, w.");
    return add("flatten-input", new Flatten(), Network.INPUT);
  }

  /** Adds {@code scale * x + shift} with the same two numbers for all channels. */
  public String addAffine(String name, double scale, double shift, String input) {
    long channels = shape(input).get(0);
    return add(
        name,
        new Affine(
            Nd4j.valueArrayOf(new long[] {channels}, scale, DataType.FLOAT),
            Nd4j.valueArrayOf(new long[] {channels}, shift, DataType.FLOAT)),
        input);
  }

  /** Adds a product of two or more nodes, two at a time; sizes of 1 are repeated. */
  public String addProduct(String name, List<String> factors) {
    String product = factors.get(0);
    for (int i = 1; i < factors.size(); i++) {
      String node = i == factors.size() - 1 ? name : name + ".product" + i;
      product = add(node, new Product(), product, factors.get(i));
    }
    return product;
  }

  /** Whether a node's layer is a rectifier. */
  public boolean isRectified(String name) {
    return nodes.stream()
        .anyMatch(node -> node.name().equals(name) && Activation.isRelu(node.layer()));
  }

  /** Whether one of these nodes reads the input, with at most reshapes before it. */
  public boolean startsWith(Set<String> names) {
    Set<String> sources = new HashSet<>(Set.of(Network.INPUT));
    for (Node node : nodes) {
      if (sources.containsAll(node.inputs())) {
        if (names.contains(node.name())) {
          return true;
        }
        if (node.layer().kind() == LayerKind.RESHAPE) {
          sources.add(node.name());
        }
      }
    }
    return false;
  }

  /**
   * Takes an affine layer at the input out of the network; nodes that read it then read the input.
   *
   * @param names the nodes that may be taken
   * @return the layer; empty if it is not the only reader of the input, or not one of the permitted
   *     ones
   */
  public Optional<Affine> takeFirst(Set<String> names, Predicate<Affine> fits) {
    List<Node> readers = readers(Network.INPUT);
    if (readers.size() != 1
        || !names.contains(readers.get(0).name())
        || !(readers.get(0).layer() instanceof Affine affine)
        || !fits.test(affine)
        || readers(readers.get(0).name()).isEmpty()) {
      return Optional.empty();
    }
    Node first = readers.get(0);
    nodes.remove(first);
    nodes.replaceAll(
        node ->
            new Node(
                node.name(),
                node.layer(),
                node.inputs().stream()
                    .map(name -> name.equals(first.name()) ? Network.INPUT : name)
                    .toList()));
    return Optional.of(affine);
  }

  private List<Node> readers(String name) {
    return nodes.stream().filter(node -> node.inputs().contains(name)).toList();
  }

  /**
   * The network up to a node, without the nodes that it does not need, with affine layers and
   * padding folded where that changes nothing.
   *
   * @param output the node that gives the logits
   */
  public Network network(String output) {
    if (output.equals(Network.INPUT)) {
      throw new IllegalArgumentException("No layer lies between the input and the output.");
    }
    return Folding.fold(new Network(inputShape, Folding.needed(nodes, output)), notes);
  }

  /** What was removed, folded or assumed, one sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private static void requireFinite(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (!Double.isFinite(array.sumNumber().doubleValue())) {
        throw new IllegalArgumentException(
            "Its weights are not all finite numbers: the model is damaged, or its training"
                + " diverged.");
      }
    }
  }

  private static List<Long> checkedSize(String name, List<Long> shape) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 1 || dimension > LARGEST_ACTIVATION) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "'%s' has the shape %s.", name, shape));
      }
      size = Math.multiplyExact(size, dimension);
      if (size > LARGEST_ACTIVATION) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "'%s' has the shape %s: more than %d numbers for one example.",
                name,
                shape,
                LARGEST_ACTIVATION));
      }
    }
    return shape;
  }

  /** Node names become file names of the run directory. */
  private static String safe(String name) {
    String safe = name.replace('/', '.').replaceAll("[^A-Za-z0-9._-]", "_");
    safe = safe.replaceAll("\\.{2,}", ".").replaceAll("^\\.|\\.$", "");
    return safe.isEmpty() ? "node" : safe.substring(0, Math.min(safe.length(), 100));
  }

  private String unique(String name) {
    String candidate = name;
    for (int i = 2; shapes.containsKey(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }
}
