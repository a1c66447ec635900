package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OtherReadingsTest {
  private static final int COUNT = 100;
  private static final Preprocessing NONE = Preprocessing.none();
  private static final Preprocessing BGR = new Preprocessing(1, List.of(), List.of(), true);

  /** Pixels of one colour each, in random order. */
  private final INDArray pixels = Nd4j.zeros(COUNT, 3, 1, 1);

  private final int[] colours = new int[COUNT];

  OtherReadingsTest() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < COUNT; i++) {
      colours[i] = random.nextInt(3);
      pixels.putScalar(new int[] {i, colours[i], 0, 0}, 1);
    }
  }

  private static Network network(double[][] weights, double... bias) {
    Dense dense =
        new Dense(
            Nd4j.create(weights).castTo(Nd4j.dataType()),
            Nd4j.create(bias).castTo(Nd4j.dataType()));
    return new Network(
        List.of(3L, 1L, 1L),
        List.of(
            new Node("flatten", new Flatten(), List.of(Network.INPUT)),
            new Node("dense", dense, List.of("flatten"))));
  }

  /** Its output is the colour. */
  private static Network eye() {
    return network(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 0, 0, 0);
  }

  private Optional<String> warning(Network network, Preprocessing preprocessing, int... labels) {
    return new OtherReadings(network, preprocessing, pixels, labels).warning();
  }

  private int[] mapped(int... to) {
    int[] mapped = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      mapped[i] = to[colours[i]];
    }
    return mapped;
  }

  @Test
  void aNetworkThatIsRightIsNotSuspected() {
    assertThat(warning(eye(), NONE, colours)).isEmpty();
    assertThat(warning(eye(), BGR, mapped(2, 1, 0))).isEmpty();
  }

  @Test
  void channelsInTheWrongOrderAreSaid() {
    assertThat(warning(eye(), BGR, colours))
        .get(STRING)
        .contains("but would be on 100 if its channels were red, green, blue");
  }

  @Test
  void pixelsOfAnotherRangeAreSaid() {
    Network bright = network(new double[][] {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, 0, -100, -100);
    int[] labels = mapped(1, 2, 0);
    assertThat(warning(bright, NONE, labels))
        .get(STRING)
        .contains("but would be on 100 with the preprocessing 'bytes'");
  }

  @Test
  void classesInAnotherOrderAreSaid() {
    assertThat(warning(eye(), NONE, mapped(1, 2, 0)))
        .get(STRING)
        .contains("would be on 50 if its classes were in another order")
        .contains("images of class 0 mostly get output 2");
  }

  @Test
  void guessingIsSaid() {
    SplittableRandom random = new SplittableRandom(5);
    int[] labels = random.ints(COUNT, 0, 3).toArray();
    assertThat(warning(eye(), NONE, labels))
        .get(STRING)
        .contains("no more often than by guessing among the 3 classes");
  }

  @Test
  void anOrderThatFitsFewImagesByChanceIsNot() {
    SplittableRandom random = new SplittableRandom(7);
    int[] labels = random.ints(COUNT, 0, 3).toArray();
    assertThat(warning(eye(), NONE, labels)).get(STRING).doesNotContain("another order");
  }
}
