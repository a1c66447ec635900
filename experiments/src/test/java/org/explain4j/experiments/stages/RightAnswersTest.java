package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.explain4j.reports.runs.Accuracy;
import org.junit.jupiter.api.Test;

class RightAnswersTest {
  @Test
  void theLargestOutputIsTheAnswerAndOfEqualOnesTheFirst() {
    RightAnswers right = new RightAnswers();
    right.add(new double[] {1, 3, 2}, 1);
    right.add(new double[] {1, 3, 2}, 2);
    right.add(new double[] {3, 3, 2}, 0);
    right.add(new double[] {3, 3, 2}, 1);
    assertThat(right.accuracy()).isEqualTo(new Accuracy(4, 2, OptionalLong.empty()));
  }

  @Test
  void noNumberIsNeverRight() {
    RightAnswers right = new RightAnswers();
    double[] outputs = falling(21);
    outputs[0] = Double.NaN;
    right.add(outputs, 0);
    right.add(outputs, 1);
    right.add(outputs, 5);
    assertThat(right.accuracy()).isEqualTo(new Accuracy(3, 1, OptionalLong.of(2)));
  }

  @Test
  void theFiveLargestCountWithMoreThanTwentyClasses() {
    RightAnswers right = new RightAnswers();
    for (int label : new int[] {0, 4, 5}) {
      right.add(falling(21), label);
    }
    assertThat(right.accuracy()).isEqualTo(new Accuracy(3, 1, OptionalLong.of(2)));
    RightAnswers twenty = new RightAnswers();
    twenty.add(falling(20), 4);
    assertThat(twenty.accuracy()).isEqualTo(new Accuracy(1, 0, OptionalLong.empty()));
  }

  private static double[] falling(int classes) {
    return IntStream.range(0, classes).mapToDouble(i -> -i).toArray();
  }
}
