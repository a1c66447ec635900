package org.explain4j.experiments.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Attributions;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Model;
import org.explain4j.api.Photo;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Progress;
import org.explain4j.api.Subject;
import org.explain4j.experiments.configuration.Configured;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PictureRunTest {
  @TempDir private Path folder;

  /** Explains as it is told to. */
  private record Scripted(String id, Attributor attributor) implements Explainer {
    @Override
    public String summary() {
      return "a method of a test";
    }

    @Override
    public Group group() {
      return Group.ATTRIBUTION;
    }

    @Override
    public Attributor bind(Subject subject) {
      return attributor;
    }
  }

  private static Configured<Explainer> method(String label, Attributor attributor) {
    return new Configured<>(label, new Scripted(label, attributor));
  }

  private static Configured<Explainer> fine(String label) {
    return method(label, (inputs, classes) -> inputs.mul(2));
  }

  private static Photo photo() {
    return new Photo(
        new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
        new Rectangle(8, 8),
        Nd4j.createFromArray(new float[] {0, .5f, 1, .25f}).reshape(1, 1, 2, 2));
  }

  private PictureRun run(Model model, List<Configured<Explainer>> methods) {
    PictureOptions.Shown shown =
        new PictureOptions.Shown(Optional.empty(), 1, "", folder.resolve("out"), false);
    return new PictureRun(
        model,
        Subject.of(model.network()),
        new ClassNames(List.of()),
        new PictureOptions("tiny", methods, shown),
        Progress.silent());
  }

  private PictureRun run(List<Configured<Explainer>> methods) {
    return run(TinyModel.with(Preprocessing.none()), methods);
  }

  private static List<ExplainedPicture> explain(PictureRun run, String... pictures)
      throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String each : pictures) {
      paths.add(Path.of(each));
    }
    return run.run(paths, path -> photo(), List.of(), List.of());
  }

  @Test
  void aMethodThatFailsOnTheSecondPictureLeavesItsPlaceThereAndTheOthersWhereTheyAre()
      throws IOException {
    List<Integer> calls = new ArrayList<>();
    Configured<Explainer> once =
        method(
            "once",
            (inputs, classes) -> {
              calls.add(1);
              if (calls.size() > 1) {
                throw new IllegalStateException("it had enough");
              }
              return inputs.dup();
            });
    PictureRun run = run(List.of(fine("a"), once, fine("z")));
    List<ExplainedPicture> explained = explain(run, "1.png", "2.png", "3.png");
    assertThat(run.failures()).containsOnlyKeys("once");
    assertThat(calls).hasSize(2);
    assertThat(explained.get(1).explained().get(0).explanations())
        .extracting(ExplainedPicture.Explanation::method)
        .containsExactly("a", "z");
    Document page = Jsoup.parse(Files.readString(run.page()));
    assertThat(page.text()).contains("once failed: ").contains("it had enough");
    assertThat(page.select("thead th, th[scope=col]").eachText()).contains("a", "once", "z");
    page.select("tbody tr").forEach(row -> assertThat(row.children()).hasSize(4));
  }

  @Test
  void mapsOfAnotherShapeOrThatAreNotFiniteFailByName() throws IOException {
    PictureRun run =
        run(
            List.of(
                method("small", (inputs, classes) -> Nd4j.zeros(1, 1, 1, 1)),
                method("infinite", (inputs, classes) -> inputs.add(Float.POSITIVE_INFINITY)),
                fine("fine")));
    explain(run, "1.png");
    assertThat(run.failures().get("small")).contains("[1, 1, 1, 1]", "[1, 1, 2, 2]");
    assertThat(run.failures().get("infinite")).contains("not finite");
  }

  @Test
  void aMapThatWasDividedSaysSo() throws IOException {
    Attributor divided =
        Attributor.explaining(
            (inputs, classes) -> new Attributions(inputs.dup(), new double[] {44.0}));
    ExplainedPicture picture = explain(run(List.of(method("large", divided))), "1.png").get(0);
    assertThat(picture.explained().get(0).explanations().get(0).remark())
        .contains("beyond float32 (up to 1e44)");
  }

  @Test
  void outputsThatAreNotFiniteNameThePicture() {
    Model wild = TinyModel.with(Preprocessing.none());
    INDArray huge = Nd4j.createFromArray(new float[] {3e38f, 0, 0, 3e38f}).reshape(1, 1, 2, 2);
    Photo photo =
        new Photo(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), new Rectangle(8, 8), huge);
    assertThatThrownBy(
            () ->
                run(wild, List.of(fine("a")))
                    .run(List.of(Path.of("odd.png")), path -> photo, List.of(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("odd.png: The network's outputs are not finite.");
  }
}
