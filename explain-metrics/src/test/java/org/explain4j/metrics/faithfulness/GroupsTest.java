package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Metric.Images;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class GroupsTest {

  /** The image of one example with its patches' own means. */
  private static double[] flattened(Pixels pixels, int patch, double... image) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flatten", new Flatten());
    layers.put(
        "fc",
        new Dense(Nd4j.ones(DataType.DOUBLE, 2, image.length), Nd4j.zeros(DataType.DOUBLE, 2)));
    long[] shape = {1, pixels.channels(), pixels.height(), pixels.width()};
    Network network = Network.chain(List.of(shape[1], shape[2], shape[3]), layers);
    Images images = new Images(network, Nd4j.createFromArray(image).reshape(shape), new int[1]);
    return new Replacement(With.OWN_MEAN).fill(Removal.ofPatches(images, patch)).of(0);
  }

  @Test
  void everyChannelIsReplacedByItsOwnMean() {
    assertThat(flattened(new Pixels(2, 1, 2), 1, 1, 3, 10, 30)).containsExactly(1, 3, 10, 30);
    assertThat(flattened(new Pixels(2, 2, 2), 2, 1, 3, 5, 7, 10, 30, 50, 70))
        .containsExactly(4, 4, 4, 4, 40, 40, 40, 40);
  }

  @Test
  void patchesWithNegativeMeanAreReplacedToo() {
    assertThat(flattened(new Pixels(1, 2, 2), 2, -1, -3, -5, -7)).containsExactly(-4, -4, -4, -4);
  }

  @Test
  void theMeanIsThePatchsNotTheImages() {
    assertThat(flattened(new Pixels(1, 2, 4), 2, 1, 1, 9, 11, 1, 1, 9, 11))
        .containsExactly(1, 1, 10, 10, 1, 1, 10, 10);
  }

  @Test
  void theTopRankedComesFirstAndTiesGoToTheSmallerIndex() {
    double[] scores = {1, 5, 5, -2, 0};
    assertThat(Order.DESCENDING.of(scores, 0)).containsExactly(1, 2, 0, 4, 3);
    assertThat(Order.ASCENDING.of(scores, 0)).containsExactly(3, 4, 0, 1, 2);
    assertThat(Order.STRONGEST.of(scores, 0)).containsExactly(1, 2, 3, 0, 4);
    assertThat(Order.WEAKEST.of(scores, 0)).containsExactly(4, 0, 3, 1, 2);
    double[] zeros = {0.0, -0.0, 0.0};
    for (Order order : Order.values()) {
      assertThat(order.of(zeros, 0)).as(order.name()).containsExactly(0, 1, 2);
    }
  }

  @Test
  void scoresAreSignedSumsOverPixelsAndChannels() {
    double[] attribution = {1, -2, 3, 4, 10, 20, 30, 40};
    assertThat(Groups.single(new Pixels(2, 2, 2)).sums(attribution))
        .containsExactly(11, 18, 33, 44);
    assertThat(Groups.patches(new Pixels(2, 2, 2), 2).sums(attribution)).containsExactly(106);
    assertThat(Groups.patches(new Pixels(2, 2, 2), 2).means(attribution)).containsExactly(26.5);
  }

  /** Of a colour image a pixel goes with all its channels, in the order of its sums. */
  @Test
  void channelsOfAPixelGoTogether() {
    Pixels pixels = new Pixels(2, 1, 3);
    double[] attribution = {5, 0, -9, -6, 0.5, 2}; // sums -1, 0.5, -7
    int[] order = Order.DESCENDING.of(Groups.single(pixels).sums(attribution), 0);
    assertThat(order).containsExactly(1, 0, 2);
    Variation course =
        Variation.course(
            new double[] {1, 2, 3, 4, 5, 6},
            new double[6],
            Groups.single(pixels),
            order,
            new int[] {0, 1, 2, 3});
    double[] target = new double[6];
    course.write(1, target);
    assertThat(target).containsExactly(1, 0, 3, 4, 0, 6);
    course.write(2, target);
    assertThat(target).containsExactly(0, 0, 3, 0, 0, 6);
  }

  @Test
  void anAxisThatIsNotDivisibleHasSmallerLastPatches() {
    Pixels pixels = new Pixels(1, 3, 5);
    PatchGrid grid = PatchGrid.of(pixels, 2);
    assertThat(grid.count()).isEqualTo(6);
    assertThat(grid.ragged()).isTrue();
    assertThat(Groups.patches(pixels, 2).of())
        .containsExactly(0, 0, 1, 1, 2, 0, 0, 1, 1, 2, 3, 3, 4, 4, 5);
    double[] image = new double[15];
    image[14] = 6;
    image[13] = 2;
    assertThat(flattened(pixels, 2, image)).endsWith(1, 1, 6);
  }

  @Test
  void aVectorsPatchesAreRunsOfItsEntries() {
    Groups runs = Groups.patches(new Pixels(1, 1, 5), 2);
    assertThat(runs.of()).containsExactly(0, 0, 1, 1, 2);
    assertThatThrownBy(() -> Groups.patches(new Pixels(1, 1, 5), 6))
        .hasMessageContaining("The patch (6) is larger than the image (1 x 5)");
  }

  @Test
  void stepsAreAboutEqualAndEndWithAllGroups() {
    assertThat(Removal.steps(10, Optional.of(4))).containsExactly(0, 3, 5, 8, 10);
    assertThat(Removal.steps(3, Optional.of(9))).containsExactly(0, 1, 2, 3);
    assertThat(Removal.steps(16, Optional.empty())).containsExactly(0, 4, 8, 12, 16);
  }
}
