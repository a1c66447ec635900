package org.explain4j.datasets.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.explain4j.datasets.ByteImages;
import org.junit.jupiter.api.Test;

final class IdxTest {

  /** Two images of 1 x 3 pixels. */
  private static final byte[] PIXELS = idx(0x803, new int[] {2, 1, 3}, 0, 51, 255, 1, 2, 3);

  private static final byte[] LABELS = idx(0x801, new int[] {2}, 1, 0);

  @Test
  void bytesBecomePixelsBetweenZeroAndOne() throws IOException {
    ByteImages images = Idx.images("train", bytes("x", PIXELS), bytes("y", LABELS), 2);
    assertThat(images.inputs(1, 0).shape()).containsExactly(2, 1, 1, 3);
    assertThat(images.inputs(1, 0).data().asFloat())
        .containsExactly(1 / 255f, 2 / 255f, 3 / 255f, 0f, 0.2f, 1f);
    assertThat(images.labels(1, 0)).containsExactly(0, 1);
    assertThat(images.name(1)).isEqualTo("train/1");
  }

  @Test
  void compressedAndPlainFilesAreTheSame() throws IOException {
    assertThat(Idx.read(bytes("x", gzip(PIXELS)), 3).values())
        .isEqualTo(Idx.read(bytes("x", PIXELS), 3).values());
  }

  @Test
  void aWrongMagicNumberIsNamed() {
    assertThatThrownBy(() -> Idx.read(bytes("labels.gz", LABELS), 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("labels.gz")
        .hasMessageContaining("0x00000801")
        .hasMessageContaining("0x00000803");
  }

  @Test
  void everyTruncationIsFound() {
    for (int length = 0; length < PIXELS.length; length++) {
      byte[] cut = Arrays.copyOf(PIXELS, length);
      assertThatThrownBy(() -> Idx.read(bytes("cut.idx", cut), 3))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.idx");
    }
    byte[] compressed = gzip(PIXELS);
    for (int length = 2; length < compressed.length; length++) {
      byte[] cut = Arrays.copyOf(compressed, length);
      assertThatThrownBy(() -> Idx.read(bytes("cut.gz", cut), 3))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.gz");
    }
  }

  @Test
  void corruptCompressedDataIsFound() {
    byte[] corrupt = gzip(PIXELS);
    corrupt[corrupt.length - 6] ^= 1;
    assertThatThrownBy(() -> Idx.read(bytes("corrupt.gz", corrupt), 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("corrupt.gz");
  }

  @Test
  void valuesBeyondTheShapeAreAnError() {
    byte[] longer = Arrays.copyOf(PIXELS, PIXELS.length + 1);
    assertThatThrownBy(() -> Idx.read(bytes("long.idx", longer), 3))
        .hasMessageContaining("has more than the 6 values");
  }

  @Test
  void anAbsurdShapeIsRefusedBeforeItIsAllocated() {
    byte[] huge = idx(0x803, new int[] {-1, -1, -1});
    assertThatThrownBy(() -> Idx.read(bytes("huge.idx", huge), 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4294967295");
  }

  @Test
  void imagesAndLabelsMustBeOfOneNumber() {
    byte[] three = idx(0x801, new int[] {3}, 0, 0, 0);
    assertThatThrownBy(() -> Idx.images("t", bytes("x", PIXELS), bytes("y", three), 2))
        .hasMessageContaining("x has 2 images")
        .hasMessageContaining("y has 3 labels");
  }

  @Test
  void aLabelOutsideTheClassesIsNamed() {
    byte[] seven = idx(0x801, new int[] {2}, 0, 7);
    assertThatThrownBy(() -> Idx.images("t", bytes("x", PIXELS), bytes("y", seven), 2))
        .hasMessageContaining("label 7 of image 1");
  }

  static byte[] idx(int magic, int[] shape, int... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int size : shape) {
        out.writeInt(size);
      }
      for (int value : values) {
        out.writeByte(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Idx.Source bytes(String name, byte[] content) {
    return new Idx.Source() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(content);
      }
    };
  }
}
