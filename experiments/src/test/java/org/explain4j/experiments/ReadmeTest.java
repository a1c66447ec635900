package org.explain4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Attributor;
import org.explain4j.api.Dataset;
import org.explain4j.api.Subject;
import org.explain4j.datasets.idx.FashionMnist;
import org.explain4j.methods.backpropagation.PatternAttribution;
import org.explain4j.models.files.PretrainedModel;
import org.explain4j.network.Network;
import org.explain4j.network.moments.NetworkMoments;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The README's Java example, run as it stands there. */
class ReadmeTest {

  @Test
  void theExampleExplainsFourImages() throws IOException {
    // begin
    Dataset data = new FashionMnist().open(Path.of("."));
    Network network = new PretrainedModel().read().network();
    INDArray fitting = data.train().inputs(IntStream.range(0, 1000).toArray());
    NetworkMoments moments = NetworkMoments.collect(network, fitting);
    Attributor method = new PatternAttribution().bind(Subject.of(network, moments));

    INDArray images = data.test().inputs(0, 1, 2, 3); // [4,1,28,28]
    INDArray heatMaps = method.attribute(images, network.predict(images)); // of the same shape
    // end
    assertThat(heatMaps.shape()).containsExactly(4, 1, 28, 28);
    assertThat(heatMaps.ameanNumber().doubleValue()).isFinite().isPositive();
  }

  @Test
  void theExampleStandsInTheReadme() throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    Path source =
        root.resolve("experiments/src/test/java/org/explain4j/experiments/ReadmeTest.java");
    List<String> lines = Files.readAllLines(source).stream().map(String::strip).toList();
    String example =
        String.join("\n", lines.subList(lines.indexOf("// begin") + 1, lines.indexOf("// end")));
    assertThat(Files.readString(root.resolve("README.md"))).contains(example);
  }

  @Test
  void thePhotosExampleIsThatOfTheProjectOutside() throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    Path source =
        root.resolve("plugin-example/src/it/photo/src/main/java/com/example/HeatMapOfAPhoto.java");
    assertThat(Files.readString(root.resolve("README.md")))
        .contains("```java\n" + Files.readString(source) + "```\n");
  }
}
