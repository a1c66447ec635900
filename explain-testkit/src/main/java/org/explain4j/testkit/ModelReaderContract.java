package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The laws that every model reader obeys: it recognises its format by the content, reads the same
 * network each time, and refuses damaged files with an {@link IOException} that names the file.
 *
 * <pre>{@code
 * class MyReaderTest extends ModelReaderContract {
 *   @Override
 *   protected ModelReader create() {
 *     return new MyReader();
 *   }
 *
 *   @Override
 *   protected Path write(Path folder) throws IOException {
 *     return Files.copy(Path.of("src/test/resources/small.net"), folder.resolve("small.net"));
 *   }
 * }
 * }</pre>
 */
public abstract class ModelReaderContract extends ExtensionContract<ModelReader> {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  protected ModelReaderContract() {
    super(ModelReader.class);
  }

  /** Writes an intact file of the format, as small as possible. */
  protected abstract Path write(Path folder) throws IOException;

  /** Shape of one example, if the file leaves it open. */
  protected List<Long> inputShape() {
    return List.of();
  }

  /** How many damaged copies of the file are tried. */
  protected int damagedFiles() {
    return 100;
  }

  @Test
  final void itKnowsItsFormatByTheContent() throws IOException {
    Path file = write(folder);
    assertThat(create().accepts(file)).as("accepts(%s)", file.getFileName()).isTrue();
    Path renamed = Files.copy(file, folder.resolve("renamed.bin"));
    assertThat(create().accepts(renamed)).as("accepts the same file as renamed.bin").isTrue();
  }

  @Test
  final void itAcceptsNoOtherFiles() throws IOException {
    String name = write(Files.createDirectory(folder.resolve("good"))).getFileName().toString();
    byte[] noise = new byte[5000];
    new SplittableRandom(1).nextBytes(noise);
    for (byte[] content :
        List.of(new byte[0], "no network at all".getBytes(StandardCharsets.UTF_8), noise)) {
      Path file = Files.write(folder.resolve(name), content);
      assertThat(create().accepts(file))
          .as("accepts(%s) with %d bytes of something else", name, content.length)
          .isFalse();
    }
  }

  @Test
  final void readTwiceItIsTheSameNetwork() throws IOException {
    Path file = write(folder);
    byte[] before = Files.readAllBytes(file);
    Model one = create().read(file, inputShape());
    assertThat(Files.readAllBytes(file)).as("the file after reading it").isEqualTo(before);
    Model other = create().read(file, inputShape());
    INDArray inputs = Networks.inputs(one.network(), 3, 7);
    Law.requireEqual(
        "read again, the logits must be the same",
        other.network().logits(inputs),
        one.network().logits(inputs),
        0);
    assertThat(other.fingerprint()).as("the fingerprint").isEqualTo(one.fingerprint());
    assertThat(other.classNames()).as("the class names").isEqualTo(one.classNames());
    assertThat(other.notes()).as("the notes").isEqualTo(one.notes());
  }

  @Test
  final void theNetworkMapsItsInputShapeToALogitPerClass() throws IOException {
    Model model = create().read(write(folder), inputShape());
    Network network = model.network();
    if (!inputShape().isEmpty()) {
      assertThat(network.inputShape()).as("the input shape").isEqualTo(inputShape());
    }
    INDArray logits = network.logits(Networks.inputs(network, 3, 7));
    assertThat(logits.shape())
        .as("shape of three logits")
        .isEqualTo(new long[] {3, network.classes()});
    Law.requireFinite("a logit must be finite", logits);
    assertThat(model.fingerprint()).as("the SHA-256 of the file").matches("[0-9a-f]{64}");
    if (!model.classNames().isEmpty()) {
      assertThat(model.classNames()).as("the class names").hasSize((int) network.classes());
    }
  }

  @Test
  final void aFileThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing.net");
    assertThatThrownBy(() -> create().read(missing, inputShape()), "read(missing.net)")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing.net");
  }

  /** Each damaged copy is either read or refused, quickly, and only with an IOException. */
  @Test
  final void damagedFilesAreRefusedWithAnIOExceptionThatNamesThem() throws IOException {
    byte[] good = Files.readAllBytes(write(folder));
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < damagedFiles(); i++) {
      boolean truncated = i % 4 == 0;
      byte[] bytes =
          truncated ? Arrays.copyOf(good, random.nextInt(good.length)) : flipped(good, random);
      // A separate file each time: libraries keep files open by name.
      Path file = Files.write(folder.resolve("damaged" + i), bytes);
      refused += isRefused(file, truncated ? "truncated" : "damaged") ? 1 : 0;
    }
    assertThat(refused).as("damaged files refused, of %d", damagedFiles()).isPositive();
  }

  private boolean isRefused(Path file, String how) {
    long start = System.nanoTime();
    boolean refused = false;
    try {
      create().accepts(file);
      assertThat(create().read(file, inputShape()).network().nodes()).isNotEmpty();
    } catch (IOException e) {
      refused = true;
      assertThat(e)
          .as("the message of a %s file", how)
          .hasMessageContaining(file.getFileName().toString());
      assertThat(e.getMessage()).as("the message of a %s file", how).doesNotEndWith(": null");
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "A %s file must be refused with an IOException, not with %s.".formatted(how, e), e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("time until a %s file was refused", how)
        .isLessThan(SOON);
    return refused;
  }

  private static byte[] flipped(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      // The first half of a file is structure, most of the rest weights.
      int place = random.nextInt(random.nextBoolean() ? bytes.length / 2 + 1 : bytes.length);
      bytes[Math.min(place, bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
