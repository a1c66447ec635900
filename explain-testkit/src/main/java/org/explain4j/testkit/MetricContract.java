package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Curve;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Result;
import org.explain4j.api.Metric.Score;
import org.explain4j.api.Start;
import org.explain4j.network.Classifier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.propagation.Composite;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The laws that every metric obeys, tested on the gradients of five random images {@code [2,8,8]}
 * and a small convolutional network with random float64 weights: settings such as a patch must fit
 * that size.
 *
 * <pre>{@code
 * class MyMetricTest extends MetricContract {
 *   @Override
 *   protected Metric create() {
 *     return new MyMetric();
 *   }
 * }
 * }</pre>
 */
public abstract class MetricContract extends ExtensionContract<Metric> {
  private static final int[] CLASSES = {0, 2, 1, 2, 0};
  private static final double ROUNDING = 1e-9;

  private final Network network = Networks.convolutional();
  private final INDArray inputs = Networks.inputs(network, CLASSES.length, 7);
  private final Attributor attributor = Attributor.of(network, Composite.gradient(), Start.ONE);

  protected MetricContract() {
    super(Metric.class);
  }

  /**
   * Whether a score, or points of a curve, may be missing (NaN) for some examples; the metric's
   * Javadoc then says for which. By default none may.
   */
  protected boolean mayBeMissing(String name) {
    return false;
  }

  @Test
  final void itsFamilyIsInKebabCase() {
    assertThat(create().family()).as("the family").matches(KEBAB_CASE);
  }

  @Test
  final void scoresAndCurvesHaveAValueForEachExample() {
    requireWellFormed("evaluate", evaluate(network, inputs, CLASSES), CLASSES.length);
  }

  private static void requireWellFormed(String of, Result result, int rows) {
    assertThat(result.scores().size() + result.curves().size())
        .as("%s: number of scores and curves", of)
        .isPositive();
    assertThat(result.scores())
        .as("%s: scores", of)
        .extracting(Score::name)
        .doesNotHaveDuplicates();
    assertThat(result.curves())
        .as("%s: curves", of)
        .extracting(Curve::name)
        .doesNotHaveDuplicates();
    for (Score score : result.scores()) {
      assertThat(score.name()).as("%s: a score's name", of).matches(KEBAB_CASE);
      assertThat(score.direction()).as("%s: direction of '%s'", of, score.name()).isNotNull();
      assertThat(score.values()).as("%s: values of score '%s'", of, score.name()).hasSize(rows);
    }
    for (Curve curve : result.curves()) {
      assertThat(curve.name()).as("%s: a curve's name", of).matches(KEBAB_CASE);
      assertThat(curve.xLabel()).as("%s: x label of '%s'", of, curve.name()).isNotBlank();
      assertThat(curve.yLabel()).as("%s: y label of '%s'", of, curve.name()).isNotBlank();
      assertThat(curve.values())
          .as("%s: rows of curve '%s'", of, curve.name())
          .hasNumberOfRows(rows);
      for (double[] row : curve.values()) {
        assertThat(row).as("%s: points of curve '%s'", of, curve.name()).hasSameSizeAs(curve.x());
      }
    }
  }

  @Test
  final void valuesAreFiniteOrMissingWhereThatIsSaid() {
    rows(evaluate(network, inputs, CLASSES)).forEach(this::requireNumbers);
    for (Result seed : baseline(0, CLASSES.length)) {
      rows(seed).forEach(this::requireNumbers);
    }
  }

  private void requireNumbers(String name, double[][] rows) {
    boolean may = mayBeMissing(name.substring(name.indexOf(' ') + 1));
    for (int i = 0; i < rows.length; i++) {
      for (double value : rows[i]) {
        if (Double.isInfinite(value) || (Double.isNaN(value) && !may)) {
          throw new AssertionError(
              "%s is %s in row %d. If it may be missing there, let mayBeMissing say so."
                  .formatted(name, value, i));
        }
      }
    }
  }

  @Test
  final void theSameAttributionsGetTheSameValues() {
    requireEqual(
        "evaluated again, ",
        evaluate(network, inputs, CLASSES),
        rows(evaluate(network, inputs, CLASSES)),
        0);
  }

  @Test
  final void theOrderOfTheImagesDoesNotMatter() {
    int n = CLASSES.length;
    int[] reversed = new int[n];
    INDArray images = inputs.dup();
    for (int i = 0; i < n; i++) {
      reversed[i] = CLASSES[n - 1 - i];
      images.slice(i).assign(inputs.slice(n - 1 - i));
    }
    Map<String, double[][]> expected = rows(evaluate(network, inputs, CLASSES));
    expected.replaceAll((name, rows) -> reversed(rows));
    requireEqual("in reversed order, ", evaluate(network, images, reversed), expected, ROUNDING);
  }

  private static double[][] reversed(double[][] rows) {
    double[][] reversed = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      reversed[i] = rows[rows.length - 1 - i];
    }
    return reversed;
  }

  @Test
  final void aBatchOfManyGetsWhatBatchesOfOneGet() {
    if (create().isOfSet()) {
      return;
    }
    Map<String, double[][]> whole = rows(evaluate(network, inputs, CLASSES));
    for (int i = 0; i < CLASSES.length; i++) {
      int example = i;
      Map<String, double[][]> own = new LinkedHashMap<>(whole);
      own.replaceAll((name, rows) -> new double[][] {rows[example]});
      Result alone = evaluate(network, Batches.slice(inputs, i, i + 1), new int[] {CLASSES[i]});
      requireEqual("example %d alone, ".formatted(i), alone, own, ROUNDING);
    }
  }

  @Test
  final void whatIsJudgedStaysAsItIs() {
    Evaluation evaluation = evaluation(network, inputs, CLASSES);
    INDArray images = inputs.dup();
    INDArray attributions = evaluation.attributions().dup();
    List<INDArray> weights = weights().stream().map(INDArray::dup).toList();
    create().evaluate(evaluation);
    create().baseline(evaluation.images());
    Law.requireUnchanged("the inputs must stay as they are", inputs, images);
    Law.requireUnchanged(
        "the attributions must stay as they are", evaluation.attributions(), attributions);
    assertThat(evaluation.classes()).as("the classes").isEqualTo(CLASSES);
    for (int i = 0; i < weights.size(); i++) {
      Law.requireUnchanged("the weights must stay as they are", weights().get(i), weights.get(i));
    }
  }

  private List<INDArray> weights() {
    return network.linearNodes().stream().map(n -> ((LinearLayer) n.layer()).weights()).toList();
  }

  /** A metric that needs only outputs must accept a black box; any other must refuse it. */
  @Test
  final void aBlackBoxIsRefusedOrGetsWhatTheNetworkGets() {
    Evaluation open = evaluation(network, inputs, CLASSES);
    Evaluation shut =
        new Evaluation(Judged.images(new BlackBox(network), inputs, CLASSES), open.explained());
    Result result;
    try {
      result = create().evaluate(shut);
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal.getMessage())
          .as("a metric that refuses a black box must say why")
          .isNotBlank();
      return;
    }
    requireEqual("of a black box, ", result, rows(create().evaluate(open)), ROUNDING);
  }

  @Test
  final void itTakesFloat32() {
    Network narrow = network.cast(DataType.FLOAT);
    INDArray images = inputs.castTo(DataType.FLOAT);
    Attributor gradient = Attributor.of(narrow, Composite.gradient(), Start.ONE);
    Result result =
        create().evaluate(Judged.evaluation(Judged.images(narrow, images, CLASSES), gradient));
    requireWellFormed("evaluate in float32", result, CLASSES.length);
    rows(result).forEach(this::requireNumbers);
  }

  @Test
  final void theBaselineHasAValueForEachExampleAndSeedWhateverTheBatch() {
    List<Result> whole = baseline(0, CLASSES.length);
    Map<String, double[][]> evaluated = rows(evaluate(network, inputs, CLASSES));
    for (int seed = 0; seed < whole.size(); seed++) {
      Map<String, double[][]> rows = rows(whole.get(seed));
      requireWellFormed("baseline", whole.get(seed), CLASSES.length);
      assertThat(evaluated.keySet())
          .as("what is evaluated, where everything in the baseline must be")
          .containsAll(rows.keySet());
      requireEqual("the baseline again, ", baseline(0, CLASSES.length).get(seed), rows, 0);
    }
    for (int i = 0; i < CLASSES.length && !create().isOfSet(); i++) {
      int example = i;
      List<Result> alone = baseline(i, i + 1);
      assertThat(alone).as("seeds of the baseline of one image").hasSameSizeAs(whole);
      for (int seed = 0; seed < whole.size(); seed++) {
        Map<String, double[][]> own = rows(whole.get(seed));
        own.replaceAll((name, rows) -> new double[][] {rows[example]});
        requireEqual(
            "the baseline of example %d alone, ".formatted(i), alone.get(seed), own, ROUNDING);
      }
    }
  }

  private List<Result> baseline(int from, int to) {
    return create()
        .baseline(
            Judged.images(
                network, Batches.slice(inputs, from, to), Arrays.copyOfRange(CLASSES, from, to)));
  }

  private Result evaluate(Classifier classifier, INDArray images, int[] classes) {
    return create().evaluate(evaluation(classifier, images, classes));
  }

  private Evaluation evaluation(Classifier classifier, INDArray inputs, int[] classes) {
    return Judged.evaluation(Judged.images(classifier, inputs, classes), attributor);
  }

  /** Rows of values by name: one value each of a score, all points of a curve. */
  private static Map<String, double[][]> rows(Result result) {
    Map<String, double[][]> rows = new LinkedHashMap<>();
    for (Score score : result.scores()) {
      rows.put(
          "score " + score.name(),
          Arrays.stream(score.values()).mapToObj(v -> new double[] {v}).toArray(double[][]::new));
    }
    result.curves().forEach(curve -> rows.put("curve " + curve.name(), curve.values()));
    return rows;
  }

  private static void requireEqual(
      String how, Result actual, Map<String, double[][]> expected, double tolerance) {
    Map<String, double[][]> rows = rows(actual);
    assertThat(rows.keySet()).as(how + "names").isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) -> {
          assertThat(rows.get(name)).as(how + "rows of " + name).hasSameDimensionsAs(values);
          for (int i = 0; i < values.length; i++) {
            Law.requireEqual(
                "%s%s of row %d must be the same".formatted(how, name, i),
                rows.get(name)[i],
                values[i],
                tolerance);
          }
        });
  }
}
