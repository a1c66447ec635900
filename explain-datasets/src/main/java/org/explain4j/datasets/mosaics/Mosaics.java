package org.explain4j.datasets.mosaics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Extension;
import org.explain4j.api.Split;
import org.explain4j.datasets.idx.FashionMnist;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.training.Shuffle;

/**
 * Mosaics of any images (Arias-Duart et al. 2022, arXiv 2109.15035): each test image is made of
 * four, half as high and wide, two of one class and two of others, in random places. It is labelled
 * with the class of the two, and its mask marks them. Training images stay as they are, for
 * estimators.
 *
 * @param of the images that mosaics are made of
 * @param images number of mosaics, of the test images
 * @param seed of the choice of images and places, at least 1
 */
public record Mosaics(DatasetProvider of, int images, long seed) implements DatasetProvider {

  public Mosaics() {
    this(new FashionMnist(), 1000, 1);
  }

  public Mosaics {
    Extension.requireCount("images", images);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "mosaics";
  }

  @Override
  public String summary() {
    return "Mosaics of four images of other data, two of one class (Arias-Duart et al. 2022)";
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    return of.missingFiles(base);
  }

  /**
   * @throws IOException if the other data cannot be read, are no images of at least 2 x 2 pixels,
   *     or have no class with two test images beside another with two
   */
  @Override
  public Dataset open(Path base) throws IOException {
    Dataset data = of.open(base);
    List<Long> shape = data.inputShape();
    if (shape.size() != 3 || shape.get(1) < 2 || shape.get(2) < 2) {
      throw new IOException(
          "Mosaics are made of images [c,h,w] of at least 2x2 pixels, but "
              + data.name()
              + " has "
              + shape
              + ".");
    }
    List<Tiles> all = draw(data.name(), data.test());
    return new Dataset(
        "mosaics of " + data.name(),
        shape,
        data.classNames(),
        data.labelling(),
        data.train(),
        new MosaicSplit(data.test(), shape, all),
        Checksum.sha256().item(data.fingerprint()).item(images + " mosaics, " + seed).hex(),
        data.notes());
  }

  private List<Tiles> draw(String name, Split split) throws IOException {
    int[] labels = split.labels(IntStream.range(0, split.size()).toArray());
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = Shuffle.order(labels.length, random);
    List<Tiles> drawn = new ArrayList<>();
    for (int k = 0; k < images && order.length > 0; k++) {
      int first = order[k % order.length];
      int[] same = others(labels, first, true);
      int[] rest = others(labels, first, false);
      if (same.length < 1 || rest.length < 2) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "A mosaic needs two test images of class %d and two of others, but %s has %d and %d.",
                labels[first],
                name,
                same.length + 1,
                rest.length));
      }
      int second = same[random.nextInt(same.length)];
      int one = random.nextInt(rest.length);
      int other = (one + 1 + random.nextInt(rest.length - 1)) % rest.length;
      drawn.add(
          Tiles.placed(
              new int[] {first, second, rest[one], rest[other]}, Shuffle.order(4, random)));
    }
    return drawn;
  }

  /** The other images of the same class as one, or those of other classes. */
  private static int[] others(int[] labels, int one, boolean same) {
    return IntStream.range(0, labels.length)
        .filter(i -> i != one && (labels[i] == labels[one]) == same)
        .toArray();
  }
}
