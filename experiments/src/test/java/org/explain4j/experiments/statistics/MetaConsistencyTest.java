package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.explain4j.experiments.statistics.MetaConsistency.Perturbed;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Meta-evaluation against independent code (scipy's Wilcoxon), and by hand. */
final class MetaConsistencyTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** The Gini index of four methods on 64 images and five noises of each strength. */
  @Test
  void giniOfFourMethodsIsThatOfIndependentCode() {
    int[] predicted = predicted();
    MetaConsistency found =
        MetaConsistency.of(
            Shared.npy("golden/metrics/meta/q").toDoubleMatrix(),
            false,
            perturbed("minor", predicted),
            perturbed("disruptive", predicted));
    assertThat(found.iacNr()).isCloseTo(0.06099589857879524, EXACT);
    assertThat(found.iacAr()).isCloseTo(0.9515550220409736, EXACT);
    assertThat(found.iecNr()).isCloseTo(0.990625, EXACT);
    assertThat(found.iecAr()).isCloseTo(0.8019561758812053, EXACT);
    assertThat(found.mc()).isCloseTo(0.7012830241252436, EXACT);
    assertThat(found.minor()).isEqualTo(5 * 64);
    assertThat(found.disruptive()).isEqualTo(51 + 45 + 43 + 48 + 49);
  }

  @Test
  void eachTestAndShareIsThatOfIndependentCode() {
    int[] predicted = predicted();
    double[][] values = Shared.npy("golden/metrics/meta/q").toDoubleMatrix();
    for (String strength : List.of("minor", "disruptive")) {
      boolean minor = strength.equals("minor");
      INDArray p = Shared.npy("golden/metrics/meta/iac_p_" + strength);
      INDArray shares = Shared.npy("golden/metrics/meta/iec_" + (minor ? "nr" : "ar"));
      List<Perturbed> all = perturbed(strength, predicted);
      for (int k = 0; k < all.size(); k++) {
        List<Perturbed> one = List.of(all.get(k));
        MetaConsistency whole =
            MetaConsistency.of(values, false, minor ? one : List.of(), minor ? List.of() : one);
        assertThat(minor ? whole.iecNr() : whole.iecAr()).isCloseTo(shares.getDouble(k), EXACT);
        for (int m = 0; m < values.length; m++) {
          List<Perturbed> ofMethod =
              List.of(
                  new Perturbed(
                      new double[][] {all.get(k).values()[m]}, all.get(k).samePrediction()));
          double[][] own = {values[m]};
          double mean =
              minor
                  ? MetaConsistency.of(own, false, ofMethod, List.of()).iacNr()
                  : 1 - MetaConsistency.of(own, false, List.of(), ofMethod).iacAr();
          assertThat(mean).as("%s %d %d", strength, m, k).isCloseTo(p.getDouble(m, k), EXACT);
        }
      }
    }
  }

  /** No minor noise changes a prediction. */
  private static int[] predicted() {
    INDArray minor = Shared.npy("golden/metrics/meta/pred_minor");
    return minor.getRow(0).toIntVector();
  }

  private static List<Perturbed> perturbed(String strength, int... predicted) {
    INDArray values = Shared.npy("golden/metrics/meta/q_" + strength);
    INDArray predictions = Shared.npy("golden/metrics/meta/pred_" + strength);
    List<Perturbed> all = new ArrayList<>();
    for (int k = 0; k < values.size(1); k++) {
      double[][] ofMethods = new double[(int) values.size(0)][(int) values.size(2)];
      boolean[] same = new boolean[(int) values.size(2)];
      for (int i = 0; i < same.length; i++) {
        same[i] = predictions.getInt(k, i) == predicted[i];
        for (int m = 0; m < ofMethods.length; m++) {
          ofMethods[m][i] = values.getDouble(m, k, i);
        }
      }
      all.add(new Perturbed(ofMethods, same));
    }
    return all;
  }

  /**
   * Three images of one method; two become smaller by the same, one larger by more: ranks 1.5, 1.5
   * against 3, so the sums are equal.
   */
  @Test
  void valuesAreComparedByHand() {
    double[][] before = {{5, 6, 7, 100}};
    Perturbed after = new Perturbed(new double[][] {{4, 5, 9, 0}}, same(true, true, true, false));
    MetaConsistency higher = MetaConsistency.of(before, false, List.of(after), List.of(after));
    assertThat(higher.iacNr()).isEqualTo(1);
    assertThat(higher.iecNr()).as("a single method is always first").isEqualTo(1);
    assertThat(higher.iecAr()).as("only the changed image counts").isEqualTo(1);
    assertThat(higher.minor()).isEqualTo(3);
    assertThat(higher.disruptive()).isEqualTo(1);
    MetaConsistency lower = MetaConsistency.of(before, true, List.of(after), List.of(after));
    assertThat(lower.iecAr()).as("0 is better than 100 where lower is better").isZero();
    assertThat(lower.iacAr()).isEqualTo(higher.iacAr());
  }

  /** n = 1: the rank sum's variance is 1/4, z = 1. */
  @Test
  void aSingleImageIsTested() {
    Perturbed after = new Perturbed(new double[][] {{2}}, same(false));
    MetaConsistency found =
        MetaConsistency.of(new double[][] {{1}}, false, List.of(), List.of(after));
    assertThat(found.iacAr()).isCloseTo(0.6826894921370859, EXACT);
  }

  @Test
  void withoutAnImageToLookAtAllIsUndefined() {
    Perturbed stayed = new Perturbed(new double[][] {{1, 2}}, same(true, true));
    MetaConsistency found =
        MetaConsistency.of(new double[][] {{1, 2}}, false, List.of(stayed), List.of(stayed));
    assertThat(found.iacNr()).isEqualTo(1);
    assertThat(found.iacAr()).isNaN();
    assertThat(found.iecAr()).isNaN();
    assertThat(found.mc()).isNaN();
    assertThat(found.minor()).isEqualTo(2);
    assertThat(found.disruptive()).isZero();
  }

  /** A perturbation without an image does not count as a 0, nor as a 1. */
  @Test
  void perturbationsWithoutAnImageAreLeftOut() {
    Perturbed none = new Perturbed(new double[][] {{1, 2}}, same(true, true));
    Perturbed all = new Perturbed(new double[][] {{0, 3}}, same(false, false));
    MetaConsistency found =
        MetaConsistency.of(new double[][] {{1, 2}}, false, List.of(), List.of(none, all));
    assertThat(found.iecAr()).isEqualTo(0.5);
    assertThat(found.disruptive()).isEqualTo(2);
  }

  @Test
  void valuesThatStayAreNoDifference() {
    double[][] values = {{1, 2, Double.POSITIVE_INFINITY}, {3, 4, 5}};
    Perturbed stayed = new Perturbed(values, same(true, true, true));
    Perturbed changed = new Perturbed(values, same(false, false, false));
    MetaConsistency found = MetaConsistency.of(values, false, List.of(stayed), List.of(changed));
    assertThat(found.iacNr()).as("p of no difference at all").isEqualTo(1);
    assertThat(found.iacAr()).isZero();
    assertThat(found.iecNr()).isEqualTo(1);
    assertThat(found.iecAr()).as("equal is not worse").isZero();
  }

  /** Two methods that were equal share a rank; when they part, both have another. */
  @Test
  void equalValuesShareARank() {
    double[][] before = {{1, 1}, {1, 2}, {7, 7}};
    double[][] after = {{1, 1}, {2, 2}, {7, 7}};
    MetaConsistency found =
        MetaConsistency.of(
            before, false, List.of(new Perturbed(after, same(true, true))), List.of());
    assertThat(found.iecNr()).isCloseTo((1 + 3) / 6.0, EXACT);
  }

  @Test
  void anImageWithAMissingValueIsLeftOut() {
    double[][] before = {{1, Double.NaN, 3, 4}, {1, 2, 3, 4}};
    double[][] after = {{1, 2, 3, 4}, {1, 2, Double.NaN, 5}};
    Perturbed stayed = new Perturbed(after, same(true, true, true, true));
    MetaConsistency found = MetaConsistency.of(before, false, List.of(stayed), List.of());
    assertThat(found.minor()).isEqualTo(2);
    assertThat(found.iecNr()).as("4 and 4 become 4 and 5").isEqualTo(0.5);
  }

  private static boolean[] same(boolean... same) {
    return Arrays.copyOf(same, same.length);
  }
}
