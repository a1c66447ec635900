package org.explain4j.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.explain4j.api.Dataset;
import org.explain4j.api.Labelling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Images as other programs lay them out. */
final class NpyImagesTest {
  @TempDir private Path folder;

  @BeforeEach
  void labels() throws IOException {
    write("y", Nd4j.createFromArray(1, 0));
  }

  private void write(String name, INDArray array) throws IOException {
    Files.write(folder.resolve(name + ".npy"), Nd4j.toNpyByteArray(array.dup('c')));
  }

  private Dataset open(ImageLayout layout, String masks, int firstLabel) throws IOException {
    return new Npy("x.npy", "y.npy", firstLabel, "", "", masks, "", layout, 1, 0, 1).open(folder);
  }

  private static INDArray ramp(long... shape) {
    long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Nd4j.linspace(0, 1, length, DataType.FLOAT).reshape('c', shape);
  }

  @Test
  void channelsLastAreRecognisedAndSaid() throws IOException {
    INDArray last = ramp(2, 4, 5, 3);
    write("x", last);
    Dataset data = open(ImageLayout.AUTO, "", 0);
    assertThat(data.inputShape()).containsExactly(3L, 4L, 5L);
    assertThat(data.train().inputs(0, 1)).isEqualTo(last.permute(0, 3, 1, 2).dup('c'));
    assertThat(data.train().inputs(1))
        .isEqualTo(last.permute(0, 3, 1, 2).dup('c').slice(1).reshape(1, 3, 4, 5));
    assertThat(data.notes())
        .containsExactly("x.npy of shape [2, 4, 5, 3] is taken as [n,h,w,c], channels last.");
    assertThat(data.train().name(1)).isEqualTo("x.npy[1]");
    assertThat(data.labelling()).isEqualTo(new Labelling.Stated());
    assertThat(open(ImageLayout.CHANNELS_FIRST, "", 0).inputShape()).containsExactly(4L, 5L, 3L);
  }

  @Test
  void whereBothAxesMayBeChannelsASettingSettlesIt() throws IOException {
    write("x", ramp(2, 3, 5, 3));
    assertThat(open(ImageLayout.AUTO, "", 0).inputShape()).containsExactly(3L, 5L, 3L);
    assertThat(open(ImageLayout.CHANNELS_LAST, "", 0).inputShape()).containsExactly(3L, 3L, 5L);
  }

  @Test
  void imagesWithoutChannelsHaveOne() throws IOException {
    INDArray grey = ramp(2, 4, 5);
    write("x", grey);
    Dataset data = open(ImageLayout.AUTO, "", 0);
    assertThat(data.inputShape()).containsExactly(1L, 4L, 5L);
    assertThat(data.train().inputs(0, 1)).isEqualTo(grey.reshape(2, 1, 4, 5));
    assertThat(data.notes()).singleElement().asString().contains("as [n,h,w]");
  }

  @Test
  void bytesThatAreTakenForPixelsAreWarnedOf() throws IOException {
    write(
        "x",
        Nd4j.createFromArray(0, 17, 128, 255, 3, 4, 5, 6)
            .reshape(2, 1, 2, 2)
            .castTo(DataType.UINT8));
    assertThat(open(ImageLayout.AUTO, "", 0).notes())
        .singleElement()
        .asString()
        .startsWith("WARNING: x.npy holds bytes, 0 to 255")
        .contains("npy.scale to 0.00392156862745098");
    assertThat(new Npy("x.npy", "y.npy", "", "", 1 / 255.0, 0, 1).open(folder).notes()).isEmpty();
  }

  @Test
  void halfPrecisionIsRead() throws IOException {
    byte[] floats =
        Nd4j.toNpyByteArray(
            Nd4j.createFromArray((short) 0x3c00, (short) 0xc000, (short) 1, (short) 0x3555)
                .reshape(2, 2));
    String text = new String(floats, StandardCharsets.ISO_8859_1);
    Files.write(
        folder.resolve("x.npy"), text.replace("<i2", "<f2").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(open(ImageLayout.AUTO, "", 0).train().inputs(0, 1).data().asFloat())
        .containsExactly(1f, -2f, 5.9604645e-8f, 0.33325195f);
  }

  @Test
  void labelsFromOneOnAreCountedFromTheFirst() throws IOException {
    write("x", ramp(2, 2));
    write("y", Nd4j.createFromArray(2, 1));
    assertThat(open(ImageLayout.AUTO, "", 1).train().labels(0, 1)).containsExactly(1, 0);
    write("y", Nd4j.createFromArray(2, 0));
    assertThatThrownBy(() -> open(ImageLayout.AUTO, "", 1))
        .hasMessageContaining("y.npy: label 0.0 of row 1 is not a class from 1 on");
  }

  @Test
  void masksAreOfTheImagesSize() throws IOException {
    write("x", ramp(2, 4, 5, 3));
    INDArray masks = Nd4j.zeros(DataType.FLOAT, 2, 4, 5);
    masks.putScalar(1, 2, 3, 7);
    write("m", masks);
    INDArray read = open(ImageLayout.AUTO, "m.npy", 0).train().masks(1, 0).orElseThrow();
    assertThat(read.shape()).containsExactly(2, 4, 5);
    assertThat(read.getFloat(0, 2, 3)).isEqualTo(1);
    assertThat(read.sumNumber().intValue()).isEqualTo(1);
    write("m", Nd4j.zeros(DataType.FLOAT, 2, 5, 4));
    assertThatThrownBy(() -> open(ImageLayout.AUTO, "m.npy", 0))
        .hasMessageContaining("m.npy has the shape [2, 5, 4]; masks of images [3, 4, 5]");
    write("m", Nd4j.zeros(DataType.FLOAT, 3, 4, 5));
    assertThatThrownBy(() -> open(ImageLayout.AUTO, "m.npy", 0))
        .hasMessageContaining("x.npy has 2 rows, m.npy has 3");
  }
}
