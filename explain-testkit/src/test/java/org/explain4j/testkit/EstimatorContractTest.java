package org.explain4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class EstimatorContractTest {
  private static final AtomicLong CALLS = new AtomicLong();

  @Test
  void eachFlawIsFoundByItsLaw() {
    Verdicts.of(OnFlawed.class).requireThatEachFlawIsFound(Flaw.values());
  }

  @Test
  void eachLawFindsAFlaw() {
    Verdicts.requireThatEachLawFindsAFlaw(EstimatorContract.class, Flaw.values());
  }

  @ParameterizedClass(name = "{0}")
  @EnumSource
  static class OnFlawed extends EstimatorContract {
    @Parameter Flaw flaw;

    @Override
    protected SignalEstimator create() {
      return new Flawed(flaw);
    }
  }

  enum Flaw implements Verdicts.Flaw {
    NONE("", ""),
    IDENTITY("", ""),
    NO_TARGET("itSaysWhatItRegressesOn", "fitOn()"),
    WRONG_SHAPE("patternsHaveTheWeightsShapeAndAStateForEachNeuron", "a pattern's shape"),
    FLOAT32("patternsHaveTheWeightsShapeAndAStateForEachNeuron", "a pattern's type"),
    MISSING_STATE("patternsHaveTheWeightsShapeAndAStateForEachNeuron", "states of a+"),
    DIVIDES_BY_ZERO("patternsAreFinite", "a+ must be finite: it is NaN at [3, 0]"),
    UNSCALED(
        "theFilterTakesExactlyOneOfAFittedPatternAndOthersAreZero",
        "a+ of neuron 0 is FITTED, so w'a must be 1, but is 2.0"),
    LEFTOVERS(
        "theFilterTakesExactlyOneOfAFittedPatternAndOthersAreZero",
        "a- of neuron 3 is VANISHING, so it must be 0, but has 1.0 at input 0"),
    WRONG_STATE("neuronsWithoutWeightsVanish", "VANISHING"),
    RANDOM("theSameMomentsGiveTheSamePatterns", "estimated again, a+ must be the same: at ["),
    CHANGES_MOMENTS("momentsAndWeightsStayAsTheyAre", "the moments must stay as they are: at ["),
    CHANGES_WEIGHTS("momentsAndWeightsStayAsTheyAre", "the weights must stay as they are: at ["),
    ROUNDING_DECIDES(
        "theOrderInWhichPartsOfTheDataAreMergedDoesNotMatter", "two parts merged, a+ must be");

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

  /** The weights, scaled, but for a flaw. */
  public record Flawed(Flaw flaw) implements SignalEstimator {
    public Flawed() {
      this(Flaw.NONE);
    }

    @Override
    public String id() {
      return "flawed-estimator";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public RegressionTarget fitOn() {
      return flaw == Flaw.NO_TARGET ? null : RegressionTarget.PRE;
    }

    @Override
    public Patterns estimate(String name, LinearLayer layer, boolean logits, LayerMoments moments) {
      if (flaw == Flaw.IDENTITY) {
        return Patterns.identity();
      }
      INDArray positive = direction(moments);
      List<State> states = new ArrayList<>();
      for (int k = 0; k < moments.neurons(); k++) {
        INDArray row = positive.getRow(k);
        double product = row.mul(moments.weights().getRow(k)).sumNumber().doubleValue();
        boolean fitted = product != 0;
        row.divi(fitted || flaw == Flaw.DIVIDES_BY_ZERO ? product : 1);
        State none = flaw == Flaw.WRONG_STATE ? State.UNOCCUPIED : State.VANISHING;
        states.add(fitted ? State.FITTED : none);
      }
      INDArray negative = positive.dup();
      if (flaw == Flaw.LEFTOVERS && states.get(states.size() - 2) == State.VANISHING) {
        negative.getRow(states.size() - 2).addi(1);
      }
      return flawed(layer, moments, new Patterns(positive, negative, states, states));
    }

    private INDArray direction(LayerMoments moments) {
      INDArray direction = moments.weights().dup();
      long seed =
          switch (flaw) {
            case RANDOM -> CALLS.incrementAndGet();
            case ROUNDING_DECIDES -> Double.hashCode(moments.meanX().sumNumber().doubleValue());
            default -> 0;
          };
      if (seed != 0) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int k = 0; k < moments.neurons(); k++) {
          direction.putScalar(k, 0, direction.getDouble(k, 0) * random.nextDouble(1, 2));
        }
      }
      return direction;
    }

    private Patterns flawed(LinearLayer layer, LayerMoments moments, Patterns sound) {
      INDArray a = moments.shaped(sound.positive());
      List<State> states = sound.positiveStates();
      switch (flaw) {
        case WRONG_SHAPE -> a = a.reshape('c', 1, -1);
        case FLOAT32 -> a = a.castTo(DataType.FLOAT);
        case MISSING_STATE -> states = states.subList(1, states.size());
        case UNSCALED -> a.muli(2);
        case CHANGES_MOMENTS -> moments.productSums()[0].addi(1);
        case CHANGES_WEIGHTS -> layer.weights().addi(1);
        default -> {}
      }
      return new Patterns(a, moments.shaped(sound.negative()), states, sound.negativeStates());
    }
  }
}
