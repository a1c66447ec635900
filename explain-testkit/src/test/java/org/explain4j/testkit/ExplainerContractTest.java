package org.explain4j.testkit;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExplainerContractTest {
  private static final AtomicLong CALLS = new AtomicLong();

  @Test
  void eachFlawIsFoundByItsLaw() {
    Verdicts.of(OnFlawed.class).requireThatEachFlawIsFound(Flaw.values());
  }

  @Test
  void eachLawFindsAFlaw() {
    Verdicts.requireThatEachLawFindsAFlaw(ExplainerContract.class, Flaw.values());
  }

  @ParameterizedClass(name = "{0}")
  @EnumSource
  static class OnFlawed extends ExplainerContract {
    @Parameter Flaw flaw;

    @Override
    protected Explainer create() {
      return new Flawed(flaw, 1);
    }
  }

  enum Flaw implements Verdicts.Flaw {
    NONE("", ""),
    NO_GROUP("itSaysWhatItClaimsToShow", "the group"),
    REFUSES_EVERYTHING("itAppliesToSomeNetwork", "GRAPH: not to my taste"),
    REFUSES_WITHOUT_REASON("attributionsHaveTheInputsShapeAndAreFinite", "must say why"),
    PROMISES_TOO_MUCH("itBindsWhereItSaysThatItApplies", "where it says: EXACT"),
    WRONG_SHAPE("attributionsHaveTheInputsShapeAndAreFinite", "[3L, 2L, 8L, 8L]"),
    NOT_A_NUMBER("attributionsHaveTheInputsShapeAndAreFinite", "it is NaN at [0, "),
    NOTHING("attributionsHaveTheInputsShapeAndAreFinite", "norm"),
    UNSEEDED(
        "theSameSettingsGiveTheSameAttributions", "called again, it must return the same: at ["),
    RANDOM_WHEN_BOUND(
        "theSameSettingsGiveTheSameAttributions", "bound again, it must return the same"),
    IGNORES_ITS_SEED("anotherSeedGivesOtherAttributions", "With seeds 1 and 2"),
    CHANGES_INPUTS("inputsAndWeightsStayAsTheyAre", "the inputs must stay as they are: at ["),
    CHANGES_WEIGHTS("inputsAndWeightsStayAsTheyAre", "the weights must stay as they are: at ["),
    CHANGES_CLASSES("inputsAndWeightsStayAsTheyAre", "the classes to explain"),
    SEES_THE_BATCH("aBatchOfManyGivesWhatBatchesOfOneGive", "example 0 of a batch of 3"),
    FLOAT64_ONLY("itComputesInTheNetworksTypeWhateverTheInputs", "float32 network"),
    TAKES_ANY_CLASS("classesThatDoNotExistAreRefused", "class 99 of a network with 3 classes"),
    NEEDS_A_NETWORK("aBlackBoxIsRefusedOrGetsWhatTheNetworkGets", "ClassCastException"),
    OTHER_FOR_BLACK_BOXES("aBlackBoxIsRefusedOrGetsWhatTheNetworkGets", "a black box must get"),
    COSTS_NOTHING("itDeclaresWhatAnExplanationCosts", "passes for each explanation"),
    COSTS_MORE("aBlackBoxSeesAsManyPassesAsDeclared", "declared are 2.0");

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

  /** Random attributions that belong to the example, but for a flaw. */
  public record Flawed(Flaw flaw, long seed) implements Explainer {
    public Flawed() {
      this(Flaw.NONE, 1);
    }

    public Flawed {
      Extension.requireSeed(seed);
    }

    @Override
    public String id() {
      return "flawed-explainer";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Group group() {
      return flaw == Flaw.NO_GROUP ? null : Group.ATTRIBUTION;
    }

    @Override
    public double passes(Classifier classifier) {
      return flaw == Flaw.COSTS_NOTHING ? 0 : 2;
    }

    @Override
    public Attributor bind(Subject subject) {
      Classifier classifier = subject.classifier();
      long own =
          switch (flaw) {
            case RANDOM_WHEN_BOUND -> CALLS.incrementAndGet();
            case IGNORES_ITS_SEED -> 1;
            default -> seed;
          };
      switch (flaw) {
        case REFUSES_EVERYTHING -> throw new IllegalArgumentException("not to my taste");
        case REFUSES_WITHOUT_REASON -> throw new IllegalArgumentException();
        case PROMISES_TOO_MUCH -> {
          if (classifier.inputShape().size() == 1) {
            throw new IllegalArgumentException("no vectors");
          }
        }
        case CHANGES_WEIGHTS ->
            ((LinearLayer) subject.network().linearNodes().get(0).layer()).weights().muli(2);
        case NEEDS_A_NETWORK -> ((Network) classifier).nodes();
        default -> {}
      }
      Attributor sound = Attributor.of(classifier, batch -> noise(batch, own));
      return (inputs, classes) -> {
        for (int pass = 0; flaw == Flaw.COSTS_MORE && pass < 3; pass++) {
          classifier.logits(inputs).close();
        }
        int[] known = flaw == Flaw.TAKES_ANY_CLASS ? new int[(int) inputs.size(0)] : classes;
        INDArray result = flawed(classifier, inputs, sound.attribute(inputs, known));
        if (flaw == Flaw.CHANGES_CLASSES) {
          classes[0] = 1;
        }
        return result;
      };
    }

    private INDArray flawed(Classifier classifier, INDArray inputs, INDArray sound) {
      return switch (flaw) {
        case WRONG_SHAPE -> sound.reshape('c', sound.size(0), -1, 1);
        case NOT_A_NUMBER -> sound.putScalar(0, Double.NaN);
        case NOTHING -> sound.muli(0);
        case UNSEEDED -> sound.addi(CALLS.incrementAndGet());
        case CHANGES_INPUTS -> {
          inputs.addi(1);
          yield sound;
        }
        case SEES_THE_BATCH -> sound.subi(sound.meanNumber());
        case FLOAT64_ONLY -> sound.castTo(DataType.DOUBLE);
        case OTHER_FOR_BLACK_BOXES -> classifier instanceof Network ? sound : sound.muli(2);
        default -> sound;
      };
    }

    private static double[] noise(ExampleBatch batch, long seed) {
      double[] noise = new double[batch.values().length];
      for (int example = 0; example < batch.count(); example++) {
        SplittableRandom random = batch.random(example, seed, 0);
        for (int i = 0; i < batch.size(); i++) {
          noise[batch.start(example) + i] = random.nextDouble(-1, 1);
        }
      }
      return noise;
    }
  }
}
