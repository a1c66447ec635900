package org.explain4j.metrics.rho;

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
 * The regressions v of all searches that are under way, one below the other: {@code
 * [searches*k,d]}, so that one product per step serves all. With samples X {@code [n,d]} the
 * prediction is {@code P = XV' - Z+ * (a+ . v) - Z- * (a- . v)}, the error {@code E = (P - T) /
 * sd(T)} and the loss the mean of E^2. No array is larger than searches*k x d. Rows are handed out
 * in tiles, and one thread takes a tile's step from its errors to its new v.
 */
final class AdamVectors implements AutoCloseable {
  /** Rows of a tile: enough to make up for reading x, few enough for the cache. */
  private static final int TILE = 512;

  private final int k;
  private final int d;
  private final List<AdamTask> tasks; // those under way, in the order of their rows
  private final INDArray vectors;
  private final INDArray means;
  private final INDArray squares;
  private final INDArray gradients;
  private INDArray errors; // [searches*k,n]
  private final float[] plus; // a+ . v
  private final float[] minus;

  /**
   * @param tasks shared with the caller; {@link #drop} takes from it
   * @param starts whether v begins at the marginal regressions, not at 0
   */
  AdamVectors(List<AdamTask> tasks, boolean starts) {
    this.tasks = tasks;
    INDArray shape = tasks.get(0).residual().inverse();
    this.k = (int) shape.size(0);
    this.d = (int) shape.size(1);
    int rows = Math.multiplyExact(tasks.size(), k);
    vectors = Nd4j.zeros(DataType.FLOAT, rows, d);
    means = Nd4j.zeros(DataType.FLOAT, rows, d);
    squares = Nd4j.zeros(DataType.FLOAT, rows, d);
    gradients = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, d}, 'c');
    plus = new float[rows];
    minus = new float[rows];
    if (starts) {
      start();
    }
  }

  private void start() {
    for (int t = 0; t < tasks.size(); t++) {
      try (INDArray marginal = tasks.get(t).marginal()) {
        of(t).assign(marginal);
      }
    }
    AdamRow row = new AdamRow(d);
    Plane v = Planes.reading(vectors, d).plane(row.vector);
    for (int t = 0; t < tasks.size(); t++) {
      IntConsumer residual = tasks.get(t).residual().reader(row);
      for (int j = 0; j < k; j++) {
        v.load(t * k + j);
        residual.accept(j);
        project(t * k + j, row);
      }
    }
  }

  private void project(int r, AdamRow row) {
    plus[r] = row.alongPositive();
    minus[r] = row.linear ? plus[r] : row.alongNegative();
  }

  /** v of a search, {@code [k,d]}: a view. */
  INDArray of(int place) {
    return Workers.slice(vectors, place * k, (place + 1) * k);
  }

  /** One step of all searches on a mini-batch; {@code steps} were taken before. */
  void step(AdamBatch batch, int steps) {
    int n = (int) batch.x().size(0);
    if (errors == null) {
      errors = Nd4j.createUninitialized(DataType.FLOAT, new long[] {plus.length, n}, 'c');
    }
    int rows = tasks.size() * k;
    int fair = (rows + Workers.threads() - 1) / Workers.threads();
    int size = Workers.threads() == 1 ? rows : Math.min(TILE, fair);
    Workers.run(
        (rows + size - 1) / size,
        10L * size * (n + d),
        (first, last) -> {
          for (int tile = first; tile < last; tile++) {
            tile(batch, tile * size, Math.min(rows, (tile + 1) * size), steps);
          }
        });
  }

  private void tile(AdamBatch batch, int from, int to, int steps) {
    INDArray v = Workers.slice(vectors, from, to);
    INDArray e = Workers.slice(errors, from, to);
    Products.multiply(v, batch.x(), Products.Transposed.SECOND, e, 0);
    float[] alongPlus = new float[to - from];
    float[] alongMinus = new float[to - from];
    errors(batch, from, alongPlus, alongMinus);
    INDArray g = Workers.slice(gradients, from, to);
    Products.multiply(e, batch.x(), Products.Transposed.NONE, g, 0);
    update(from, alongPlus, alongMinus, new Pace(2f / batch.x().size(0), steps + 1));
  }

  /** Turns predictions into errors and sums them up with z+ and z-. */
  private void errors(AdamBatch batch, int from, float[] alongPlus, float[] alongMinus) {
    float[] error = new float[(int) errors.size(1)];
    Planes rows = Planes.reading(errors, error.length);
    Plane line = rows.plane(error);
    for (int m = 0; m < alongPlus.length; m++) {
      int r = from + m;
      AdamTask task = tasks.get(r / k);
      float[] above = batch.positive(r % k);
      float[] below = batch.negative(r % k);
      float[] target = batch.target(task.target(), r % k);
      float precision = task.precision()[r % k];
      line.load(r);
      double withAbove = 0;
      double withBelow = 0;
      for (int i = 0; i < error.length; i++) {
        float e = (error[i] - above[i] * plus[r] - below[i] * minus[r] - target[i]) * precision;
        error[i] = e;
        withAbove += e * above[i];
        withBelow += e * below[i];
      }
      alongPlus[m] = (float) withAbove;
      alongMinus[m] = (float) withBelow;
      line.store(r);
    }
    rows.written();
  }

  private record Pace(float factor, int step) {}

  private void update(int from, float[] alongPlus, float[] alongMinus, Pace pace) {
    AdamRow row = new AdamRow(d);
    Planes[] changed = {
      Planes.reading(vectors, d), Planes.reading(means, d), Planes.reading(squares, d)
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
      if (i == 0 || r % k == 0) {
        AdamTask task = tasks.get(r / k);
        residual = task.residual().reader(row);
        rate = (float) AdamRow.corrected(task.rate(), pace.step);
      }
      residual.accept(r % k);
      row.step(alongPlus[i], alongMinus[i], pace.factor, rate);
      project(r, row);
      for (Plane plane : kept) {
        plane.store(r);
      }
    }
    for (Planes planes : changed) {
      planes.written();
    }
  }

  /** Gives up a search; the last one takes its place. */
  void drop(int place) {
    int last = tasks.size() - 1;
    for (INDArray each : List.of(vectors, means, squares)) {
      Workers.slice(each, place * k, (place + 1) * k)
          .assign(Workers.slice(each, last * k, (last + 1) * k));
    }
    System.arraycopy(plus, last * k, plus, place * k, k);
    System.arraycopy(minus, last * k, minus, place * k, k);
    tasks.set(place, tasks.get(last));
    tasks.remove(last);
  }

  @Override
  public void close() {
    List.of(vectors, means, squares, gradients).forEach(INDArray::close);
    if (errors != null) {
      errors.close();
    }
  }
}
