package org.explain4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MetricContractTest {
  private static final AtomicLong CALLS = new AtomicLong();

  @Test
  void eachFlawIsFoundByItsLaw() {
    Verdicts.of(OnFlawed.class).requireThatEachFlawIsFound(Flaw.values());
  }

  @Test
  void eachLawFindsAFlaw() {
    Verdicts.requireThatEachLawFindsAFlaw(MetricContract.class, Flaw.values());
  }

  @ParameterizedClass(name = "{0}")
  @EnumSource
  static class OnFlawed extends MetricContract {
    @Parameter Flaw flaw;

    @Override
    protected Metric create() {
      return new Flawed(flaw);
    }

    @Override
    protected boolean mayBeMissing(String score) {
      return flaw == Flaw.MISSING_AS_SAID;
    }
  }

  enum Flaw implements Verdicts.Flaw {
    NONE("", ""),
    MISSING_AS_SAID("", ""),
    BAD_FAMILY("itsFamilyIsInKebabCase", "the family"),
    TOO_FEW_VALUES("scoresAndCurvesHaveAValueForEachExample", "values of score 'mean'"),
    SAME_NAMES("scoresAndCurvesHaveAValueForEachExample", "evaluate: scores"),
    NO_DIRECTION("scoresAndCurvesHaveAValueForEachExample", "direction of 'mean'"),
    SHORT_CURVE("scoresAndCurvesHaveAValueForEachExample", "points of curve 'range'"),
    NOTHING("scoresAndCurvesHaveAValueForEachExample", "number of scores and curves"),
    INFINITE("valuesAreFiniteOrMissingWhereThatIsSaid", "score mean is Infinity in row 0"),
    MISSING("valuesAreFiniteOrMissingWhereThatIsSaid", "let mayBeMissing say so"),
    RANDOM("theSameAttributionsGetTheSameValues", "evaluated again, score mean of row 0"),
    COUNTS_PLACES("theOrderOfTheImagesDoesNotMatter", "in reversed order, score mean of row 0"),
    SEES_THE_BATCH("aBatchOfManyGetsWhatBatchesOfOneGet", "example 0 alone, score mean of row 0"),
    CHANGES_INPUTS("whatIsJudgedStaysAsItIs", "the inputs must stay as they are: at ["),
    CHANGES_ATTRIBUTIONS("whatIsJudgedStaysAsItIs", "the attributions must stay as they are: at ["),
    CHANGES_CLASSES("whatIsJudgedStaysAsItIs", "the classes"),
    CHANGES_WEIGHTS("whatIsJudgedStaysAsItIs", "the weights must stay as they are: at ["),
    NEEDS_A_NETWORK("aBlackBoxIsRefusedOrGetsWhatTheNetworkGets", "ClassCastException"),
    OTHER_FOR_BLACK_BOXES("aBlackBoxIsRefusedOrGetsWhatTheNetworkGets", "of a black box, score"),
    FLOAT64_ONLY("itTakesFloat32", "score mean is NaN in row 0"),
    BASELINE_OF_THE_BATCH(
        "theBaselineHasAValueForEachExampleAndSeedWhateverTheBatch",
        "the baseline of example 0 alone, score mean of row 0"),
    BASELINE_SEEDS_OF_THE_BATCH(
        "theBaselineHasAValueForEachExampleAndSeedWhateverTheBatch",
        "seeds of the baseline of one image"),
    BASELINE_OF_MEANS(
        "theBaselineHasAValueForEachExampleAndSeedWhateverTheBatch", "values of score 'mean'"),
    BASELINE_OF_OTHERS("theBaselineHasAValueForEachExampleAndSeedWhateverTheBatch", "score other");

    private final String law;
    private final String says;

    Flaw(String law, String says) {
      this.law = law;
      this.says = says;
    }

    @Override
    public String law() {
      return law;
    }

    @Override
    public String says() {
      return says;
    }
  }

  /** The mean of an attribution, and its range as a curve of two points, but for a flaw. */
  public record Flawed(Flaw flaw) implements Metric {
    public Flawed() {
      this(Flaw.NONE);
    }

    @Override
    public String id() {
      return "flawed-metric";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public String family() {
      return flaw == Flaw.BAD_FAMILY ? "Two words" : "tests";
    }

    @Override
    public Result evaluate(Evaluation evaluation) {
      INDArray flat = evaluation.attributions().reshape('c', evaluation.classes().length, -1);
      double[] means = flat.mean(1).castTo(DataType.DOUBLE).toDoubleVector();
      double[] smallest = flat.min(1).castTo(DataType.DOUBLE).toDoubleVector();
      double[] largest = flat.max(1).castTo(DataType.DOUBLE).toDoubleVector();
      double[][] ranges = new double[means.length][];
      for (int i = 0; i < means.length; i++) {
        ranges[i] =
            flaw == Flaw.SHORT_CURVE
                ? new double[] {largest[i]}
                : new double[] {smallest[i], largest[i]};
      }
      change(evaluation);
      return result("mean", values(means, evaluation), ranges);
    }

    private double[] values(double[] means, Evaluation evaluation) {
      Classifier classifier = evaluation.classifier();
      switch (flaw) {
        case INFINITE -> means[0] = Double.POSITIVE_INFINITY;
        case MISSING, MISSING_AS_SAID -> Arrays.fill(means, Double.NaN);
        case RANDOM -> means[0] += CALLS.incrementAndGet();
        case COUNTS_PLACES -> Arrays.setAll(means, i -> means[i] + i);
        case SEES_THE_BATCH -> means[0] += means.length;
        case NEEDS_A_NETWORK -> means[0] += ((Network) classifier).nodes().size();
        case OTHER_FOR_BLACK_BOXES -> means[0] += classifier instanceof Network ? 0 : 1;
        case FLOAT64_ONLY -> means[0] += classifier.dataType() == DataType.DOUBLE ? 0 : Double.NaN;
        default -> {}
      }
      return flaw == Flaw.TOO_FEW_VALUES ? Arrays.copyOf(means, means.length - 1) : means;
    }

    private void change(Evaluation evaluation) {
      switch (flaw) {
        case CHANGES_INPUTS -> evaluation.inputs().addi(1);
        case CHANGES_ATTRIBUTIONS -> evaluation.attributions().addi(1);
        case CHANGES_CLASSES -> evaluation.classes()[0]++;
        case CHANGES_WEIGHTS ->
            ((LinearLayer) evaluation.network().linearNodes().get(0).layer()).weights().addi(1);
        default -> {}
      }
    }

    @Override
    public List<Result> baseline(Images images) {
      INDArray inputs = images.inputs();
      int[] classes = images.classes();
      int seeds = flaw == Flaw.BASELINE_SEEDS_OF_THE_BATCH ? classes.length : 2;
      List<Result> results = new ArrayList<>();
      for (int seed = 0; seed < seeds; seed++) {
        double[] means = new double[flaw == Flaw.BASELINE_OF_MEANS ? 1 : classes.length];
        double[][] ranges = new double[means.length][2];
        for (int i = 0; i < means.length; i++) {
          means[i] =
              flaw == Flaw.BASELINE_OF_THE_BATCH
                  ? inputs.meanNumber().doubleValue()
                  : inputs.slice(i).meanNumber().doubleValue() + seed;
          ranges[i][1] = means[i];
        }
        results.add(result(flaw == Flaw.BASELINE_OF_OTHERS ? "other" : "mean", means, ranges));
      }
      return results;
    }

    private Result result(String name, double[] means, double[][] ranges) {
      if (flaw == Flaw.NOTHING) {
        return new Result(List.of(), List.of());
      }
      Score score =
          new Score(name, flaw == Flaw.NO_DIRECTION ? null : Direction.HIGHER_IS_BETTER, means);
      return new Result(
          flaw == Flaw.SAME_NAMES ? List.of(score, score) : List.of(score),
          List.of(new Curve("range", "end", "attribution", new double[] {0, 1}, ranges)));
    }
  }
}
