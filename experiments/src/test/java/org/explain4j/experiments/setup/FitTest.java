package org.explain4j.experiments.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.ImageNet;
import org.explain4j.api.Labelling;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Split;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Explain;
import org.explain4j.experiments.configuration.Patches;
import org.explain4j.experiments.configuration.Problem;
import org.explain4j.experiments.configuration.Splits;
import org.explain4j.experiments.configuration.TargetClass;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class FitTest {
  private static final Labelling STATED = new Labelling.Stated();

  /** Two numbers each, and labels in turn. */
  private record Turns(int size, int... turns) implements Split {
    @Override
    public INDArray inputs(int... indices) {
      return Nd4j.zeros(indices.length, 2);
    }

    @Override
    public int[] labels(int... indices) {
      return IntStream.of(indices).map(index -> turns[index % turns.length]).toArray();
    }

    @Override
    public String name(int index) {
      return Integer.toString(index);
    }
  }

  /** Stands for a setting; what it opens is given beside it. */
  private record Folder() implements DatasetProvider {
    @Override
    public String id() {
      return "folder";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Dataset open(Path base) throws IOException {
      throw new IOException("not here");
    }
  }

  /** Likewise. */
  private record File() implements ModelProvider {
    @Override
    public String id() {
      return "file";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Model provide(Request request) throws IOException {
      throw new IOException("not here");
    }
  }

  private static Experiment experiment(String target, int a, int c) {
    Experiment e = new Experiment();
    return new Experiment(
        e.name(),
        e.seed(),
        Optional.of(new Folder()),
        Optional.of(new File()),
        new Splits(a, 0, c, Patches.parse("all")),
        e.estimators(),
        e.signalQuality(),
        new Explain(1, TargetClass.parse(target), 1),
        e.explainers(),
        e.metrics(),
        e.budget(),
        e.metaEvaluation(),
        e.comparisons(),
        e.report(),
        e.signalRecovery(),
        e.claims(),
        e.matrix(),
        e.batch(),
        e.memory(),
        e.checkpoint(),
        e.cellTimeout(),
        e.precision());
  }

  private static Dataset data(Labelling labelling, List<String> names, int... labels) {
    return new Dataset(
        "data",
        List.of(2L),
        names,
        labelling,
        new Turns(12, labels),
        new Turns(12, labels),
        "sha",
        List.of());
  }

  private static Dataset sorted(String... keys) {
    int[] all = IntStream.range(0, keys.length).toArray();
    return data(new Labelling.Sorted(List.of(keys)), List.of(keys), all);
  }

  private static Model model(int outputs, String... names) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("dense", new Dense(Nd4j.zeros(outputs, 2), Nd4j.zeros(outputs)));
    return new Model(
        Network.chain(List.of(2L), layers), Preprocessing.none(), List.of(names), "sha", List.of());
  }

  private static Dataset fitted(Dataset data, Model model) {
    return require(experiment("predicted", 6, 6), data, model);
  }

  private static Dataset require(Experiment experiment, Dataset data, Model model) {
    return Fit.require(experiment, data, model, Suitability.of(experiment, model.network()));
  }

  private static List<Problem> problems(Dataset data, Model model) {
    try {
      fitted(data, model);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }

  private static void assertProblem(Dataset data, Model model, String path, String... words) {
    assertThat(problems(data, model))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.path()).isEqualTo(path);
              for (String word : words) {
                assertThat(p.message()).contains(word);
              }
            });
  }

  @Test
  void foldersAndOutputsOfOneNumberFit() {
    Dataset data = sorted("ant", "bee", "cat");
    assertThat(fitted(data, model(3))).isSameAs(data);
  }

  @Test
  void eightClassesOnThreeOutputsAreRefusedAndTheReverse() {
    Dataset eight = sorted("a", "b", "c", "d", "e", "f", "g", "h");
    assertProblem(
        eight,
        model(3),
        "dataset.folder.classes",
        "8 classes (a, b",
        "3 outputs",
        "dataset.folder.classes to");
    assertProblem(
        sorted("a", "b", "c"), model(8), "dataset.folder.classes", "3 classes", "8 outputs");
    Dataset known = data(new Labelling.Complete(), List.of("a", "b", "c"), 0, 1, 2);
    assertProblem(known, model(8), "dataset.folder.classes", "3 classes (a, b, c)", "8 outputs");
  }

  @Test
  void aSubsetThatIsStatedFits() {
    // Of a list of classes that has all outputs, folders may show a few.
    Dataset listed = data(new Labelling.Complete(), List.of("a", "b", "c", "d"), 1, 3);
    assertThat(fitted(listed, model(4)).train().labels(0, 1)).containsExactly(1, 3);
  }

  @Test
  void synsetFoldersAreMappedToImageNetsOutputsAndSaid() {
    Dataset data = fitted(sorted("n01440764", "n02111889", "n15075141"), model(1000));
    assertThat(data.train().labels(0, 1, 2, 3)).containsExactly(0, 258, 999, 0);
    assertThat(data.test().labels(1)).containsExactly(258);
    assertThat(data.classNames()).isEqualTo(ImageNet.names());
    assertThat(data.notes())
        .singleElement()
        .asString()
        .contains(
            "3 classes", "1000 outputs by ImageNet's synset ids", "'n02111889' is output 258");
    assertProblem(sorted("n01440764", "other"), model(1000), "dataset.folder.classes", "2 classes");
    assertProblem(sorted("n01440764", "n02111889"), model(3), "dataset.folder.classes");
  }

  @Test
  void classesAreMappedByTheNetworksOwnNames() {
    Dataset data = fitted(sorted("cat", "dog"), model(3, "dog", "eel", "cat"));
    assertThat(data.train().labels(0, 1)).containsExactly(2, 0);
    assertThat(data.classNames()).containsExactly("dog", "eel", "cat");
    assertThat(data.notes()).singleElement().asString().contains("by the network's names");
    Dataset same = sorted("cat", "dog");
    assertThat(fitted(same, model(2, "cat", "dog"))).isSameAs(same);
  }

  @Test
  void otherNamesInTheSameNumberAreTakenInOrderAndSaid() {
    Dataset data = fitted(sorted("cat", "dog"), model(2, "Katze", "Hund"));
    assertThat(data.train().labels(0, 1)).containsExactly(0, 1);
    assertThat(data.notes()).singleElement().asString().contains("Katze, Hund", "in this order");
  }

  @Test
  void labelsFromOneToTenForTenOutputsAreRefusedWithTheSetting() {
    Dataset data = data(STATED, List.of(), IntStream.rangeClosed(1, 10).toArray());
    assertProblem(
        data,
        model(10),
        "dataset.folder.first-label",
        "from 1 to 10",
        "10 outputs are counted from 0",
        "first-label to 1");
    assertProblem(
        data(STATED, List.of(), 0, 12), model(10), "dataset.folder.labels", "up to 12", "0 to 9");
  }

  @Test
  void statedNumbersMayShowSomeOfTheClassesAndItIsSaid() {
    Dataset data = fitted(data(STATED, List.of("0", "1", "2"), 0, 2), model(10));
    assertThat(data.notes()).containsExactly("2 of the network's 10 classes occur: 0, 2.");
    Dataset all = data(STATED, List.of("0", "1", "2"), 0, 1, 2);
    assertThat(fitted(all, model(3))).isSameAs(all);
  }

  @Test
  void namesOfAnotherLengthAreRefused() {
    assertProblem(
        sorted("a", "b", "c"),
        model(3, "one", "two"),
        "model.file.class-names",
        "2 classes (one, two)",
        "3 outputs");
  }

  @Test
  void everythingIsSaidAtOnce() {
    assertThatThrownBy(
            () -> require(experiment("12", 20, 13), sorted("a", "b"), model(3, "one", "two")))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::path)
                    .containsExactly(
                        "splits.a",
                        "splits.c",
                        "model.file.class-names",
                        "dataset.folder.classes",
                        "explain.target-class"))
        .hasMessageContaining("There is no class 12: the network has 3 outputs, 0 to 2.");
  }

  @Test
  void allTrainingImagesCanFitPatternsWhereNoRhoIsMeasured() {
    Setup setup =
        new Setup(
            experiment("predicted", 12, 12),
            sorted("a", "b"),
            model(2),
            Parts.of(sorted("a", "b"), new Splits(12, 0, 12, Patches.parse("all")), 1));
    assertThat(setup.parts().a().size()).isEqualTo(12);
    assertThat(setup.parts().b().size()).isZero();
    assertThat(setup.parts().shard(new Shard(1, 2), 3).b().size()).isZero();
  }
}
