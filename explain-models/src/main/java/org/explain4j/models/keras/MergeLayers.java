package org.explain4j.models.keras;

import static org.explain4j.models.keras.LayerCall.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.explain4j.network.Add;
import org.explain4j.network.Concat;

/** Layers of several inputs. */
final class MergeLayers {
  private MergeLayers() {}

  static Tensor add(LayerCall call) {
    return sum(call, call.name(), nodes(call, call.inputs().get(0).order()));
  }

  static Tensor subtract(LayerCall call) {
    require(call.inputs().size() == 2, "It takes two inputs, but has %d.", call.inputs().size());
    List<String> terms = nodes(call, call.inputs().get(0).order());
    terms.set(1, call.assembly().addAffine(call.name() + ".minus", -1, 0, terms.get(1)));
    return sum(call, call.name(), terms);
  }

  static Tensor multiply(LayerCall call) {
    List<Integer> order = call.inputs().get(0).order();
    return Tensor.of(call.assembly().addProduct(call.name(), nodes(call, order)), order);
  }

  static Tensor average(LayerCall call) {
    Tensor sum = sum(call, call.name() + ".sum", nodes(call, call.inputs().get(0).order()));
    double share = 1.0 / call.inputs().size();
    return Tensor.of(call.assembly().addAffine(call.name(), share, 0, sum.node()), sum.order());
  }

  private static Tensor sum(LayerCall call, String name, List<String> terms) {
    String node = call.assembly().add(name, new Add(), terms.toArray(String[]::new));
    return Tensor.of(node, call.inputs().get(0).order());
  }

  /** The axis of the concatenation becomes the first of the network's axes. */
  static Tensor concatenate(LayerCall call) {
    Tensor first = call.inputs().get(0);
    List<Integer> given = call.settings().integers("axis", "concat_axis");
    int axis = axis(given.isEmpty() ? -1 : given.get(0), first, call);
    List<Integer> order = leading(axis, first);
    List<String> parts = nodes(call, order);
    String node = call.assembly().add(call.name(), new Concat(), parts.toArray(String[]::new));
    return Tensor.of(node, order);
  }

  /** Keras' axes counted with the batch, or from the end, as ours. */
  static int axis(int given, Tensor tensor, LayerCall call) {
    int axis = given < 0 ? given + tensor.rank() : given - 1;
    require(
        axis >= 0 && axis < tensor.rank(),
        "It has no axis %d in %s.",
        given,
        tensor.described(call.assembly()));
    return axis;
  }

  /** An order of axes that starts with one of Keras', moving as little as can be. */
  static List<Integer> leading(int axis, Tensor tensor) {
    if (tensor.order().get(0) == axis) {
      return tensor.order();
    }
    List<Integer> order = new ArrayList<>(tensor.natural());
    order.remove((Integer) axis);
    order.add(0, axis);
    while (order.size() > 1 && order.size() < 3) {
      order.add(Tensor.NONE);
    }
    return order;
  }

  /** Keras 1 has one layer for all. */
  static Tensor merge(LayerCall call) {
    String mode = call.settings().text("sum", "mode");
    return switch (mode) {
      case "sum" -> add(call);
      case "ave" -> average(call);
      case "mul" -> multiply(call);
      case "concat" -> concatenate(call);
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "The mode %s is not supported; sum, mul, ave and concat are.",
                  mode));
    };
  }

  private static List<String> nodes(LayerCall call, List<Integer> order) {
    int rank = call.inputs().get(0).rank();
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      Tensor input = call.inputs().get(i);
      input.plain();
      require(
          input.rank() == rank,
          "Its inputs %s do not fit together.",
          call.inputs().stream().map(each -> each.shape(call.assembly())).toList());
      nodes.add(input.arranged(call.assembly(), order, call.name() + ".input" + i).node());
    }
    return nodes;
  }
}
