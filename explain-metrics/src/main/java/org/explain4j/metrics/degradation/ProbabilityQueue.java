package org.explain4j.metrics.degradation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Collects images of all steps and all examples, so the network sees only full batches. */
final class ProbabilityQueue {
  private final Classifier classifier;
  private final DataType type;
  private final PatchGrid grid;
  private final double[] images;
  private final int capacity;
  private final List<Slot> slots = new ArrayList<>();

  /** Where the probability of class {@code label} goes. */
  private record Slot(int label, double[] target, int index) {}

  ProbabilityQueue(Classifier classifier, DataType type, PatchGrid grid, int capacity) {
    this.classifier = classifier;
    this.type = type;
    this.grid = grid;
    this.capacity = capacity;
    this.images = new double[Math.multiplyExact(capacity, grid.length())];
  }

  /** Copies the image; its probability is in {@code target[index]} after {@link #flush}. */
  void add(double[] image, int label, double[] target, int index) {
    System.arraycopy(image, 0, images, slots.size() * grid.length(), grid.length());
    slots.add(new Slot(label, target, index));
    if (slots.size() == capacity) {
      flush();
    }
  }

  /** Runs the images that have not filled a batch. */
  void flush() {
    if (slots.isEmpty()) {
      return;
    }
    int n = slots.size();
    double[] filled = n == capacity ? images : Arrays.copyOf(images, n * grid.length());
    long[] shape = {n, grid.channels(), grid.height(), grid.width()};
    try (INDArray batch = Nd4j.create(filled, shape, type);
        INDArray probabilities = classifier.probabilities(batch)) {
      for (int i = 0; i < n; i++) {
        Slot slot = slots.get(i);
        slot.target[slot.index] = probabilities.getDouble(i, slot.label);
      }
    }
    slots.clear();
  }
}
