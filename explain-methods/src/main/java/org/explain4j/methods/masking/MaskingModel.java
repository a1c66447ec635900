package org.explain4j.methods.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.methods.images.SeparableMap;
import org.explain4j.network.Activations;
import org.explain4j.network.Convolution;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Maps a network's feature maps and a class to a mask: the coarsest map is filtered by how well
 * each place matches the class's embedding, then enlarged step by step beside the finer maps
 * (Dabkowski and Gal 2017, Fig. 3; here without residual blocks). The explained network is its
 * encoder and is not changed.
 *
 * @param embedding of the classes, {@code [classes,c]}; zero at first, which filters nothing
 * @param levels coarsest first
 * @param output one channel, which a sigmoid turns into the mask
 * @param enlargement from the finest level to the image
 */
public record MaskingModel(
    FeatureMaps features,
    INDArray embedding,
    List<Level> levels,
    Convolution output,
    SeparableMap enlargement) {

  /**
   * One resolution: {@code relu(beside(map) + above(enlarged coarser level))}, which is a
   * convolution over both.
   *
   * @param above null at the coarsest level, which has no other above it
   * @param enlargement likewise
   */
  public record Level(Convolution beside, Convolution above, SeparableMap enlargement) {}

  /** Random weights as in He et al. (arXiv 1502.01852). */
  static MaskingModel initial(FeatureMaps features, int channels, SplittableRandom random) {
    Network network = features.network();
    DataType type = network.dataType();
    List<Level> levels = new ArrayList<>();
    FeatureMaps.Scale coarser = null;
    for (FeatureMaps.Scale scale : features.scales()) {
      Convolution beside = convolution(channels, scale.channels(), 3, type, random);
      if (coarser == null) {
        levels.add(new Level(beside, null, null));
      } else {
        levels.add(
            new Level(
                beside,
                convolution(channels, channels, 3, type, random),
                SeparableMap.bilinear(
                    coarser.height(), coarser.width(), scale.height(), scale.width(), type)));
      }
      coarser = scale;
    }
    List<Long> image = network.inputShape();
    return new MaskingModel(
        features,
        Nd4j.zeros(type, network.classes(), features.scales().get(0).channels()),
        List.copyOf(levels),
        convolution(1, channels, 1, type, random),
        SeparableMap.bilinear(
            coarser.height(),
            coarser.width(),
            image.get(1).intValue(),
            image.get(2).intValue(),
            type));
  }

  private static Convolution convolution(
      int out, int in, int size, DataType type, SplittableRandom random) {
    INDArray weights = Nd4j.create(type, new long[] {out, in, size, size}, 'c');
    double deviation = Math.sqrt(2.0 / ((double) in * size * size));
    for (long i = 0; i < weights.length(); i++) {
      weights.data().put(i, deviation * random.nextGaussian());
    }
    return new Convolution(weights, Nd4j.zeros(type, out), Window.square(size).pad(size / 2));
  }

  /** Everything that training changes, in the order of {@link MaskingPass#gradients}. */
  List<INDArray> parameters() {
    List<INDArray> all = new ArrayList<>();
    all.add(embedding);
    for (Level level : levels) {
      all.add(level.beside().weights());
      all.add(level.beside().bias());
      if (level.above() != null) {
        all.add(level.above().weights());
      }
    }
    all.add(output.weights());
    all.add(output.bias());
    return all;
  }

  /** Masks {@code [n,1,h,w]} of images {@code [n,c,h,w]}, each for one class. */
  public INDArray masks(INDArray images, int[] classes) {
    try (Activations activations = features.network().forward(images);
        MaskingPass pass = run(activations, classes)) {
      return pass.mask().dup();
    }
  }

  /** The masks, the same in every channel, {@code [n,c,h,w]}. */
  public INDArray attributions(INDArray images, int[] classes) {
    try (INDArray masks = masks(images, classes)) {
      return masks.repeat(1, images.size(1));
    }
  }

  /** A forward pass with all that a backward pass needs. */
  MaskingPass run(Activations activations, int[] classes) {
    return MaskingPass.of(this, features.of(activations), classes);
  }
}
