package org.explain4j.network.compilation;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Layer;
import org.explain4j.network.Node;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Resize;
import org.explain4j.network.ZeroStuff;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.onednn.Kernel;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer's own arithmetic as a step of a program, for what has no primitive. */
final class LayerSteps {
  /**
   * Pixels of a mean that may be added up in float32, as oneDNN does; each addition rounds, and of
   * numbers that are alike always in the same direction: of 100 equal ones a mean is 3e-6 off.
   */
  private static final int MOST_ADDED = 64;

  private final Compilation compilation;
  private final Program program;
  private final Node node;
  private final List<Integer> inputs;

  /** Whether a layer always runs so. */
  static boolean suits(Layer layer) {
    return layer instanceof Normalisation
        || layer instanceof Resize
        || layer instanceof ZeroStuff
        || (layer instanceof AveragePool pool
            && pool.window().height() * pool.window().width() > MOST_ADDED);
  }

  LayerSteps(Compilation compilation, Node node) {
    this.compilation = compilation;
    program = compilation.program();
    this.node = node;
    inputs = compilation.inputs(node).stream().map(this::readable).toList();
  }

  private int readable(int array) {
    return compilation.owned(compilation.plain(array));
  }

  int forward() {
    int destination = program.array(Layout.plain(compilation.shape(node.name())));
    List<Integer> arrays = new ArrayList<>(inputs);
    arrays.add(destination);
    step(arrays, inputs.size(), node.layer()::forward);
    return destination;
  }

  /** The messages to the inputs. */
  List<Integer> backward(int message) {
    Layer layer = node.layer();
    int count = inputs.size();
    List<Integer> results =
        node.inputs().stream()
            .map(input -> program.array(Layout.plain(compilation.shape(input))))
            .toList();
    List<Integer> arrays = new ArrayList<>(inputs);
    arrays.add(readable(compilation.value(node.name())));
    arrays.add(readable(message));
    arrays.addAll(results);
    steps(
        arrays,
        count + 2,
        read -> layer.backward(read.subList(0, count), read.get(count), read.get(count + 1)));
    return results;
  }

  private void step(List<Integer> arrays, int read, Single work) {
    steps(arrays, read, all -> List.of(work.of(all)));
  }

  /** What is computed of arrays. */
  private interface Single {
    INDArray of(List<INDArray> arrays);
  }

  /** Likewise, with several results. */
  private interface Several {
    List<INDArray> of(List<INDArray> arrays);
  }

  /**
   * @param arrays that are read, then those that are written
   */
  private void steps(List<Integer> arrays, int read, Several work) {
    List<long[]> shapes = arrays.stream().map(array -> program.layout(array).shape()).toList();
    Kernel kernel =
        memory -> {
          List<INDArray> all =
              IntStream.range(0, shapes.size())
                  .mapToObj(i -> seen(memory.get(i), shapes.get(i)))
                  .toList();
          return () -> {
            List<INDArray> results = work.of(all.subList(0, read));
            for (int i = 0; i < results.size(); i++) {
              all.get(read + i).assign(results.get(i));
            }
            Set<Long> kept = new HashSet<>();
            all.forEach(array -> kept.add(Buffers.address(array)));
            results.forEach(result -> Buffers.releaseOnce(result, kept));
          };
        };
    program.step(kernel, arrays.stream().mapToInt(array -> array).toArray());
  }

  /** A chain's memory as an array. */
  private static INDArray seen(FloatBuffer memory, long... shape) {
    long length = memory.limit();
    return Nd4j.create(Nd4j.createBuffer(new FloatPointer(memory), length, DataType.FLOAT))
        .reshape('c', shape);
  }
}
