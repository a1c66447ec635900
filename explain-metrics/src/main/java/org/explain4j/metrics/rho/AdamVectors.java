package org.explain4j.metrics.rho;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The regressions v of all searches that are under way, one below the other: {@code [rows,d]}, so
 * that one product per step serves all. With samples X {@code [n,d]} the prediction is {@code P =
 * XV' - Z+ * (a+ . v) - Z- * (a- . v)}, the error {@code E = (P - T) / sd(T)} and the loss the mean
 * of E^2. No array is larger than searches*k x d. Rows are handed out in tiles, and one thread
 * takes a tile's step from its errors to its new v.
 */
final class AdamVectors implements AutoCloseable {
  /** Rows of a tile: enough to make up for reading x, few enough for the cache. */
  private static final int TILE = 512;

  private record Row(AdamTask task, int neuron) {}

  private final int d;
  private final List<AdamTask> tasks; // those under way, in the order of their rows
  private final List<Row> rows = new ArrayList<>();
  private final INDArray vectors;
  private final INDArray means;
  private final INDArray squares;
  private final INDArray gradients;
  private final INDArray errors; // [rows,n]
  private final float[] plus; // a+ . v
  private final float[] minus;

  /**
   * @param tasks shared with the caller; {@link #drop} takes from it
   * @param starts whether v begins at the marginal regressions, not at 0
   * @param n samples of a mini-batch
   */
  AdamVectors(List<AdamTask> tasks, boolean starts, int n) {
    this.tasks = tasks;
    this.d = tasks.get(0).fanIn();
    for (AdamTask task : tasks) {
      Arrays.stream(task.neurons()).forEach(neuron -> rows.add(new Row(task, neuron)));
    }
    long[] shape = {rows.size(), d};
    vectors = Nd4j.zeros(DataType.FLOAT, shape);
    means = Nd4j.zeros(DataType.FLOAT, shape);
    squares = Nd4j.zeros(DataType.FLOAT, shape);
    gradients = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    errors = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows.size(), n}, 'c');
    plus = new float[rows.size()];
    minus = new float[rows.size()];
    if (starts) {
      start();
    }
  }

  private void start() {
    int r = 0;
    for (AdamTask task : tasks) {
      try (INDArray marginal = task.marginal()) {
        for (int neuron : task.neurons()) {
          INDArray row = Workers.slice(vectors, r, r + 1);
          row.assign(Workers.slice(marginal, neuron, neuron + 1));
          r++;
        }
      }
    }
    AdamRow row = new AdamRow(d);
    Plane v = Planes.reading(vectors, d).plane(row.vector);
    for (r = 0; r < rows.size(); r++) {
      v.load(r);
      rows.get(r).task.residual().reader(row).accept(rows.get(r).neuron);
      project(r, row);
    }
  }

  private void project(int r, AdamRow row) {
    plus[r] = row.alongPositive();
    minus[r] = row.linear ? plus[r] : row.alongNegative();
  }

  /** What a search has found so far; valid until the next step. */
  AdamTask.Found of(int place) {
    return (from, to) -> {
      INDArray found = Nd4j.zeros(DataType.DOUBLE, to - from, d);
      float[] numbers = new float[d];
      double[] wide = new double[d];
      Plane v = Planes.reading(vectors, d).plane(numbers);
      Planes rows = Planes.writing(found, d);
      Plane row = rows.plane(wide);
      int first = first(place);
      int[] neurons = tasks.get(place).neurons();
      for (int i = 0; i < neurons.length; i++) {
        if (neurons[i] >= from && neurons[i] < to) {
          v.load(first + i);
          for (int a = 0; a < d; a++) {
            wide[a] = numbers[a];
          }
          row.store(neurons[i] - from);
        }
      }
      return rows.written();
    };
  }

  /** Rows before those of a search. */
  private int first(int place) {
    return tasks.subList(0, place).stream().mapToInt(task -> task.neurons().length).sum();
  }

  /**
   * Steps of all searches, one on each mini-batch; {@code taken} were taken before. A tile takes
   * all of them without waiting for others.
   */
  void steps(List<AdamBatch> batches, int taken) {
    int count = rows.size();
    int fair = (count + Workers.threads() - 1) / Workers.threads();
    int size = Workers.threads() == 1 ? count : Math.min(TILE, fair);
    Workers.run(
        (count + size - 1) / size,
        10L * size * (errors.size(1) + d) * batches.size(),
        (first, last) -> {
          for (int tile = first; tile < last; tile++) {
            Tile some = new Tile(tile * size, Math.min(count, (tile + 1) * size));
            for (int b = 0; b < batches.size(); b++) {
              some.step(batches.get(b), taken + b + 1);
            }
          }
        });
  }

  /** Some rows, for one thread. */
  private final class Tile {
    private final int from;
    private final INDArray v;
    private final INDArray e;
    private final INDArray g;
    private final float[] alongPlus; // sums of z+ times the error
    private final float[] alongMinus;
    private final float[] error = new float[(int) errors.size(1)];
    private final InnerProduct inner = new InnerProduct(error.length);
    private final AdamRow row = new AdamRow(d);

    Tile(int from, int to) {
      this.from = from;
      v = Workers.slice(vectors, from, to);
      e = Workers.slice(errors, from, to);
      g = Workers.slice(gradients, from, to);
      alongPlus = new float[to - from];
      alongMinus = new float[to - from];
    }

    void step(AdamBatch batch, int step) {
      Products.multiply(v, batch.x(), Products.Transposed.SECOND, e, 0);
      errors(batch);
      Products.multiply(e, batch.x(), Products.Transposed.NONE, g, 0);
      update(2f / batch.size(), step);
    }

    /** Turns predictions into errors and sums them up with z+ and z-. */
    private void errors(AdamBatch batch) {
      Planes all = Planes.changing(errors, error.length);
      Plane line = all.plane(error);
      for (int m = 0; m < alongPlus.length; m++) {
        line.load(from + m);
        error(batch, from + m);
        line.store(from + m);
        int neuron = rows.get(from + m).neuron;
        alongPlus[m] = inner.of(error, batch.positive(neuron));
        alongMinus[m] = inner.of(error, batch.negative(neuron));
      }
      all.written();
    }

    private void error(AdamBatch batch, int r) {
      AdamTask task = rows.get(r).task;
      int neuron = rows.get(r).neuron;
      float[] numbers = error;
      float[] above = batch.positive(neuron);
      float[] below = batch.negative(neuron);
      float[] target = batch.target(task.target(), neuron);
      float withAbove = plus[r];
      float withBelow = minus[r];
      float precision = task.precision(neuron);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] =
            (numbers[i] - above[i] * withAbove - below[i] * withBelow - target[i]) * precision;
      }
    }

    private void update(float factor, int step) {
      Planes[] changed = {
        Planes.changing(vectors, d), Planes.changing(means, d), Planes.changing(squares, d)
      };
      Plane[] kept = {
        changed[0].plane(row.vector), changed[1].plane(row.mean), changed[2].plane(row.square)
      };
      Plane gradient = Planes.reading(gradients, d).plane(row.gradient);
      IntConsumer residual = null; // of the task whose rows these are
      float rate = 0;
      for (int i = 0; i < alongPlus.length; i++) {
        int r = from + i;
        for (Plane plane : kept) {
          plane.load(r);
        }
        gradient.load(r);
        AdamTask task = rows.get(r).task;
        if (i == 0 || task != rows.get(r - 1).task) {
          residual = task.residual().reader(row);
          rate = (float) AdamRow.corrected(task.rate(), step);
        }
        residual.accept(rows.get(r).neuron);
        row.step(alongPlus[i], alongMinus[i], factor, rate);
        project(r, row);
        for (Plane plane : kept) {
          plane.store(r);
        }
      }
      for (Planes planes : changed) {
        planes.written();
      }
    }
  }

  /** Gives up a search; those below move up. */
  void drop(int place) {
    int first = first(place);
    int next = first + tasks.get(place).neurons().length;
    for (INDArray each : List.of(vectors, means, squares)) {
      Planes all = Planes.changing(each, d);
      Plane row = all.plane(new float[d]);
      for (int r = next; r < rows.size(); r++) {
        row.load(r);
        row.store(first + r - next);
      }
      all.written();
    }
    System.arraycopy(plus, next, plus, first, rows.size() - next);
    System.arraycopy(minus, next, minus, first, rows.size() - next);
    rows.subList(first, next).clear();
    tasks.remove(place);
  }

  @Override
  public void close() {
    List.of(vectors, means, squares, gradients, errors).forEach(INDArray::close);
  }
}
