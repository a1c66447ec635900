package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.propagation.Applicability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The laws that every explainer obeys, tested on four small networks with random float64 weights: a
 * chain of convolutions, a graph with a sum and a concatenation, and one with gates, normalisations
 * and smooth activations, all for images {@code [2,8,8]}, and a perceptron for vectors {@code [6]};
 * their patterns and reference data come from 40 random examples. A method that does not apply to
 * one of them must say so with an {@link IllegalArgumentException} when it is bound; its tests on
 * that network are then skipped with this message.
 *
 * <pre>{@code
 * class MyExplainerTest extends ExplainerContract {
 *   @Override
 *   protected Explainer create() {
 *     return new MyExplainer();
 *   }
 * }
 * }</pre>
 */
public abstract class ExplainerContract extends ExtensionContract<Explainer> {
  private static final List<Integer> CLASSES = List.of(0, 2, 1);
  private static final double ROUNDING = 1e-9;

  protected ExplainerContract() {
    super(Explainer.class);
  }

  @Test
  final void itSaysWhatItClaimsToShow() {
    assertThat(create().group()).as("the group").isNotNull();
  }

  @Test
  final void itAppliesToSomeNetwork() {
    List<String> refusals = new ArrayList<>();
    for (SampleNetwork sample : SampleNetwork.values()) {
      try {
        create().bind(subject(sample.network()));
        return;
      } catch (IllegalArgumentException refusal) {
        refusals.add(sample + ": " + refusal.getMessage());
      }
    }
    throw new AssertionError("It refuses every network:\n" + String.join("\n", refusals));
  }

  /** A method that binds must not have said no, and one that does not bind must say so. */
  @ParameterizedTest
  @EnumSource
  final void itBindsWhereItSaysThatItApplies(SampleNetwork sample) {
    Network network = sample.network();
    Applicability said = create().applicability(network);
    if (said.isRefused()) {
      assertThatThrownBy(() -> create().bind(subject(network)), "where it does not apply")
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThatCode(() -> create().bind(subject(network)))
          .as("where it says: %s %s", said.level(), said.reason())
          .doesNotThrowAnyException();
    }
    assertThat(said.reason().isEmpty()).as("an empty reason").isEqualTo(said.isExact());
  }

  @ParameterizedTest
  @EnumSource
  final void attributionsHaveTheInputsShapeAndAreFinite(SampleNetwork sample) {
    Network network = sample.network();
    INDArray inputs = inputs(network);
    INDArray attributions = bind(network).attribute(inputs, classes());
    assertThat(attributions.shape()).as("the attributions' shape").isEqualTo(inputs.shape());
    Law.requireFinite("an attribution must be finite", attributions);
    assertThat(attributions.norm2Number().doubleValue())
        .as("the attributions' norm, which is 0 where nothing is attributed to any input")
        .isPositive();
  }

  @ParameterizedTest
  @EnumSource
  final void theSameSettingsGiveTheSameAttributions(SampleNetwork sample) {
    Network network = sample.network();
    INDArray inputs = inputs(network);
    Attributor attributor = bind(network);
    INDArray first = attributor.attribute(inputs, classes());
    Law.requireEqual(
        "called again, it must return the same", attributor.attribute(inputs, classes()), first, 0);
    Law.requireEqual(
        "bound again, it must return the same",
        bind(network).attribute(inputs, classes()),
        first,
        0);
  }

  /** On at least one of the networks: for a small one a method may try every possibility. */
  @Test
  final void anotherSeedGivesOtherAttributions() throws ReflectiveOperationException {
    if (!RecordSettings.has(create(), "seed")) {
      return;
    }
    Explainer one = RecordSettings.withSeed(create(), 1);
    Explainer other = RecordSettings.withSeed(create(), 2);
    for (SampleNetwork sample : SampleNetwork.values()) {
      Network network = sample.network();
      INDArray inputs = inputs(network);
      try {
        Subject subject = subject(network);
        INDArray attributions = one.bind(subject).attribute(inputs, classes());
        if (!attributions.equals(other.bind(subject).attribute(inputs, classes()))) {
          return;
        }
      } catch (IllegalArgumentException refusal) {
        // Another network will do.
      }
    }
    throw new AssertionError("With seeds 1 and 2 the attributions are the same on every network.");
  }

  @ParameterizedTest
  @EnumSource
  final void inputsAndWeightsStayAsTheyAre(SampleNetwork sample) {
    Network network = sample.network();
    INDArray inputs = inputs(network);
    INDArray before = inputs.dup();
    List<INDArray> weights = weights(network).map(INDArray::dup).toList();
    int[] classes = classes();
    bind(network).attribute(inputs, classes);
    Law.requireUnchanged("the inputs must stay as they are", inputs, before);
    assertThat(classes).as("the classes to explain").isEqualTo(classes());
    List<INDArray> after = weights(network).toList();
    for (int i = 0; i < after.size(); i++) {
      Law.requireUnchanged("the weights must stay as they are", after.get(i), weights.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  final void aBatchOfManyGivesWhatBatchesOfOneGive(SampleNetwork sample) {
    Network network = sample.network();
    INDArray inputs = inputs(network);
    Attributor attributor = bind(network);
    INDArray whole = attributor.attribute(inputs, classes());
    for (int i = 0; i < CLASSES.size(); i++) {
      Law.requireEqual(
          "example %d of a batch of %d must have the attribution that it has alone"
              .formatted(i, CLASSES.size()),
          Batches.slice(whole, i, i + 1),
          attributor.attribute(Batches.slice(inputs, i, i + 1), new int[] {CLASSES.get(i)}),
          ROUNDING);
    }
  }

  @ParameterizedTest
  @EnumSource
  final void itComputesInTheNetworksTypeWhateverTheInputs(SampleNetwork sample) {
    Network network = sample.network();
    INDArray inputs = inputs(network);
    INDArray attributions = bind(network.cast(DataType.FLOAT)).attribute(inputs, classes());
    assertThat(attributions.dataType())
        .as("the type of the attributions for a float32 network and float64 inputs")
        .isEqualTo(DataType.FLOAT);
    Law.requireFinite("an attribution must be finite", attributions);
  }

  @ParameterizedTest
  @EnumSource
  final void classesThatDoNotExistAreRefused(SampleNetwork sample) {
    Network network = sample.network();
    Attributor attributor = bind(network);
    INDArray one = Batches.slice(inputs(network), 0, 1);
    assertThatThrownBy(
            () -> attributor.attribute(one, new int[] {99}),
            "class 99 of a network with %d classes",
            network.classes())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
    assertThatThrownBy(
            () -> attributor.attribute(one, new int[] {0, 1}), "two classes for one input")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2");
  }

  /** A method that needs only outputs must accept a black box; any other must refuse it. */
  @ParameterizedTest
  @EnumSource
  final void aBlackBoxIsRefusedOrGetsWhatTheNetworkGets(SampleNetwork sample) {
    Network network = sample.network();
    INDArray inputs = inputs(network);
    INDArray expected = bind(network).attribute(inputs, classes());
    INDArray attributions;
    try {
      attributions = create().bind(subject(new BlackBox(network))).attribute(inputs, classes());
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal.getMessage())
          .as("a method that refuses a black box must say why")
          .isNotBlank();
      return;
    }
    Law.requireEqual(
        "a black box must get the same attributions as the network",
        attributions,
        expected,
        ROUNDING);
  }

  @ParameterizedTest
  @EnumSource
  final void itDeclaresWhatAnExplanationCosts(SampleNetwork sample) {
    Network network = sample.network();
    bind(network); // or else it has nothing to declare
    assertThat(create().passes(network)).as("passes for each explanation").isBetween(1.0, 1e9);
  }

  /** A method that ignores the classifier declares one pass and makes none. */
  @ParameterizedTest
  @EnumSource
  final void aBlackBoxSeesAsManyPassesAsDeclared(SampleNetwork sample) {
    Network network = sample.network();
    bind(network);
    BlackBox box = new BlackBox(network);
    try {
      Attributor attributor = create().bind(subject(box));
      long before = box.examples();
      attributor.attribute(inputs(network), classes());
      double seen = (double) (box.examples() - before) / CLASSES.size();
      double declared = create().passes(box);
      assertThat(seen)
          .as("passes that a black box sees for each explanation; declared are %s", declared)
          .satisfiesAnyOf(
              passes -> assertThat(passes).isZero(),
              passes -> assertThat(passes).isBetween(0.9 * declared, 1.1 * declared));
    } catch (IllegalArgumentException refusal) {
      abort(() -> "It does not take a black box: " + refusal.getMessage());
    }
  }

  /** New ones each time, since a flawed method may change them. */
  private static int[] classes() {
    return CLASSES.stream().mapToInt(Integer::intValue).toArray();
  }

  private Attributor bind(Network network) {
    return bind(create(), network);
  }

  private static Attributor bind(Explainer explainer, Network network) {
    try {
      return explainer.bind(subject(network));
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal.getMessage())
          .as("a method that refuses a network must say why")
          .isNotBlank();
      return abort(() -> "It does not apply to this network: " + refusal.getMessage());
    }
  }

  private static Subject subject(Network network) {
    INDArray data = Networks.inputs(network, 40, 11);
    PatternSource patterns = Subject.of(network, NetworkMoments.collect(network, data)).patterns();
    return new Subject(network, patterns, data::dup);
  }

  private static Subject subject(BlackBox box) {
    INDArray data = Networks.inputs(box, 40, 11);
    return new Subject(box, Subject.of(box).patterns(), data::dup);
  }

  private static INDArray inputs(Classifier classifier) {
    return Networks.inputs(classifier, CLASSES.size(), 7);
  }

  private static Stream<INDArray> weights(Network network) {
    return network.linearNodes().stream()
        .map(node -> (LinearLayer) node.layer())
        .flatMap(layer -> Stream.of(layer.weights(), layer.bias()));
  }
}
