package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.ImageNet;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Real images; the decoder and the channels against inputs that another tool made (libjpeg). */
final class SharedImagesTest {

  @Test
  void tinyImageNetIsWhatItsNetworkWasGiven() throws IOException {
    Dataset data = open("data/tinyimagenet10/tinyimagenet10.zip", 0, 60);
    assertThat(data.name()).isEqualTo("tinyimagenet10.zip (600 + 500)");
    assertThat(data.inputShape()).containsExactly(3L, 64L, 64L);
    assertThat(data.notes())
        .containsExactly("1100 of 5500 images were taken, at most 60 per class.");
    INDArray expected = Shared.npz("data/nets/tinyvgg_tinyimagenet10.forward.npz").get("input");
    INDArray pixels = data.test().inputs(IntStream.range(0, 500).toArray());
    for (int i = 0; i < expected.size(0); i++) {
      assertThat(nearest(pixels, expected.slice(i)) * 255).as("input %d", i).isLessThan(1.0);
    }
  }

  @Test
  void imageNetIsCroppedAndNamedByItsTable() throws IOException {
    Dataset data = open("data/imagenet_half.zip", 227, 0);
    assertThat(data.name()).isEqualTo("imagenet_half.zip (500 + 0)");
    assertThat(data.inputShape()).containsExactly(3L, 227L, 227L);
    assertThat(data.classNames()).hasSize(999).startsWith("tench", "class 1", "great_white_shark");
    assertThat(data.train().labels(0, 1, 499)).containsExactly(0, 2, 998);
    assertThat(data.notes())
        .singleElement()
        .asString()
        .startsWith("34 of 500 images are smaller than the crop of 227 pixels");
  }

  @Test
  void synsetIdsHaveTheirPlaceInImageNet() throws IOException {
    Path archive = Shared.path("data/imagenet_half.zip");
    try (ImageStore.Session session = ImageStore.of(archive).open()) {
      String table = new String(session.read("labels.csv"), StandardCharsets.UTF_8);
      for (String line : table.lines().skip(1).toList()) {
        String[] cells = line.split(",", 4);
        assertThat(ImageNet.index(cells[2])).hasValue(Integer.parseInt(cells[1]));
      }
    }
  }

  @Test
  void cifarJpegsAreReadByClassAndPart() throws IOException {
    Path file = Shared.path("data/cifar10/cifar10_jpeg_20k_train_5k_test.zip");
    Dataset data = SampleFolder.framed(file.toString(), 0, 0, 3, 20).open(Path.of("."));
    assertThat(data.name()).endsWith("(200 + 200)");
    assertThat(data.classNames()).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(data.inputShape()).containsExactly(3L, 32L, 32L);
    assertThat(data.test().name(0)).isEqualTo("test/airplane/0000.jpg");
  }

  @Test
  void aFrameSmallerThanItsScreenIsAsLargeAsTheScreen() throws IOException {
    // The PNG beside it has the screen's size: two sizes would be an error.
    Dataset data = open("cases/images/gifoff", 0, 0);
    assertThat(data.inputShape()).containsExactly(3L, 32L, 32L);
    assertThat(names(data)).containsExactly("a/gif_offset.gif", "a/rgb.png");
  }

  @Test
  void oneImageWithOneProfileHasTheSamePixelsInEveryFormat() throws IOException {
    Dataset data = open("cases/images/icc", 0, 0);
    assertThat(names(data)).containsExactly("a/none.jpg", "a/swap.jpg", "a/swap.png");
    INDArray pixels = data.train().inputs(0, 1, 2);
    assertThat(pixels.slice(1)).isEqualTo(pixels.slice(0));
    double apart = Nd4j.math().abs(pixels.slice(1).sub(pixels.slice(2))).meanNumber().doubleValue();
    assertThat(apart * 255).as("what JPEG loses").isLessThan(4);
  }

  private static List<String> names(Dataset data) {
    return SampleFolder.names(data.train());
  }

  private static Dataset open(String file, int crop, int perClass) throws IOException {
    String path = Shared.path(file).toString();
    return SampleFolder.framed(path, 0, crop, 3, perClass).open(Path.of("."));
  }

  /** Mean absolute difference to the image that is most like it. */
  private static double nearest(INDArray images, INDArray image) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < images.size(0); i++) {
      double difference = Nd4j.math().abs(images.slice(i).sub(image)).meanNumber().doubleValue();
      best = Math.min(best, difference);
    }
    return best;
  }
}
