package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.Optional;
import org.explain4j.api.Preprocessing;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Part;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The images that are explained, and the class explained for each, decided on the clean image.
 *
 * @param part the images, of split C
 * @param hash of everything they depend on
 */
record ExplainedImages(Part part, Preprocessing preprocessing, int[] classes, String hash) {

  /** The first ones. */
  ExplainedImages first(int count) {
    if (count == size()) {
      return this;
    }
    Part some = Part.of(part.split(), part.range(0, count), part.hash());
    return new ExplainedImages(some, preprocessing, classes(0, count), CellHash.of(hash, count));
  }

  int size() {
    return part.size();
  }

  /** Images of a range as the network takes them. */
  INDArray inputs(int from, int to) {
    return part.inputs(preprocessing, from, to);
  }

  int[] classes(int from, int to) {
    return Arrays.copyOfRange(classes, from, to);
  }

  /** Where the object is in images of a range, if the data know. */
  Optional<INDArray> masks(int from, int to) {
    return part.split().masks(part.range(from, to));
  }
}
