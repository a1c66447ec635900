package org.explain4j.metrics.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Among them the known defects of other tools, one test each. */
class PatchGridTest {

  @Test
  void everyChannelIsReplacedByItsOwnMean() {
    double[] image = {1, 3, 10, 30};
    new PatchGrid(2, 1, 2, 1).flatten(image, 0);
    assertThat(image).containsExactly(1, 3, 10, 30);
    double[] columns = {1, 3, 5, 7, 10, 30, 50, 70};
    new PatchGrid(2, 2, 2, 2).flatten(columns, 0);
    assertThat(columns).containsExactly(4, 4, 4, 4, 40, 40, 40, 40);
  }

  @Test
  void patchesWithNegativeMeanAreReplacedToo() {
    double[] image = {-1, -3, -5, -7};
    new PatchGrid(1, 2, 2, 2).flatten(image, 0);
    assertThat(image).containsExactly(-4, -4, -4, -4);
  }

  @Test
  void theMeanIsThePatchsNotTheImages() {
    double[] image = {1, 1, 9, 11, 1, 1, 9, 11};
    PatchGrid grid = new PatchGrid(1, 2, 4, 2);
    grid.flatten(image, 1);
    assertThat(image).containsExactly(1, 1, 10, 10, 1, 1, 10, 10);
  }

  @Test
  void theTopRankedPatchComesFirstAndTiesGoToTheSmallerIndex() {
    double[] scores = {1, 5, 5, -2, 0};
    assertThat(PatchGrid.descending(scores)).containsExactly(1, 2, 0, 4, 3);
    assertThat(PatchGrid.ascending(scores)).containsExactly(3, 4, 0, 1, 2);
    double[] zeros = new PatchGrid(1, 1, 3, 1).scores(new double[] {0.0, -0.0, 0.0});
    assertThat(PatchGrid.descending(zeros)).containsExactly(0, 1, 2);
  }

  @Test
  void scoresAreSignedSumsOverPixelsAndChannels() {
    double[] attribution = {1, -2, 3, 4, 10, 20, 30, 40};
    assertThat(new PatchGrid(2, 2, 2, 1).scores(attribution)).containsExactly(11, 18, 33, 44);
    assertThat(new PatchGrid(2, 2, 2, 2).scores(attribution)).containsExactly(106);
  }

  @Test
  void anAxisThatIsNotDivisibleHasSmallerLastPatches() {
    PatchGrid grid = new PatchGrid(1, 3, 5, 2);
    assertThat(grid.count()).isEqualTo(6);
    assertThat(grid.ragged()).isTrue();
    double[] image = new double[15];
    image[14] = 6;
    grid.flatten(image, 5);
    assertThat(image[14]).isEqualTo(6);
    image[13] = 2;
    grid.flatten(image, 4);
    assertThat(image[12]).isEqualTo(1);
    assertThat(image[13]).isEqualTo(1);
    assertThat(image[14]).isEqualTo(6);
  }
}
