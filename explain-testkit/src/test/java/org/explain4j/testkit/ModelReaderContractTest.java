package org.explain4j.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelReaderContractTest {
  private static final AtomicLong CALLS = new AtomicLong();
  private static final byte[] MAGIC = {'N', 'E', 'T', 1};
  private static final int CLASSES = 3;
  private static final int INPUTS = 4;

  @Test
  void eachFlawIsFoundByItsLaw() {
    Verdicts.of(OnFlawed.class).requireThatEachFlawIsFound(Flaw.values());
  }

  @Test
  void eachLawFindsAFlaw() {
    Verdicts.requireThatEachLawFindsAFlaw(ModelReaderContract.class, Flaw.values());
  }

  @ParameterizedClass(name = "{0}")
  @EnumSource
  static class OnFlawed extends ModelReaderContract {
    @Parameter Flaw flaw;

    @Override
    protected ModelReader create() {
      return new Flawed(flaw);
    }

    /** Four letters, twelve weights, their checksum. */
    @Override
    protected Path write(Path folder) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + 4 * CLASSES * INPUTS + 8).put(MAGIC);
      for (int i = 0; i < CLASSES * INPUTS; i++) {
        bytes.putFloat(i + 1);
      }
      bytes.putLong(checksum(bytes.array()));
      return Files.write(folder.resolve("good.net"), bytes.array());
    }
  }

  private static long checksum(byte[] file) {
    CRC32 sum = new CRC32();
    sum.update(file, 0, file.length - 8);
    return sum.getValue();
  }

  enum Flaw implements Verdicts.Flaw {
    NONE("", ""),
    GOES_BY_THE_NAME("itKnowsItsFormatByTheContent", "renamed.bin"),
    ACCEPTS_ANYTHING("itAcceptsNoOtherFiles", "with 0 bytes of something else"),
    RANDOM("readTwiceItIsTheSameNetwork", "read again, the logits must be the same: at ["),
    CHANGES_THE_FILE("readTwiceItIsTheSameNetwork", "the file after reading it"),
    TOO_MANY_NAMES("theNetworkMapsItsInputShapeToALogitPerClass", "the class names"),
    NO_FINGERPRINT("theNetworkMapsItsInputShapeToALogitPerClass", "the SHA-256 of the file"),
    MISSING_UNNAMED("aFileThatIsNotThereIsNamed", "missing.net"),
    TRUSTS_THE_LENGTH(
        "damagedFilesAreRefusedWithAnIOExceptionThatNamesThem",
        "A truncated file must be refused with an IOException, not with java.nio.Buffer"),
    DAMAGE_UNNAMED(
        "damagedFilesAreRefusedWithAnIOExceptionThatNamesThem", "the message of a truncated file"),
    FORGIVES_EVERYTHING(
        "damagedFilesAreRefusedWithAnIOExceptionThatNamesThem", "damaged files refused, of 100");

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

  /** Reads a dense layer, but for a flaw. */
  public record Flawed(Flaw flaw) implements ModelReader {
    public Flawed() {
      this(Flaw.NONE);
    }

    @Override
    public String id() {
      return "flawed-reader";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public boolean accepts(Path file) throws IOException {
      byte[] start = Arrays.copyOf(Files.readAllBytes(file), MAGIC.length);
      return switch (flaw) {
        case GOES_BY_THE_NAME -> file.toString().endsWith(".net");
        case ACCEPTS_ANYTHING -> true;
        default -> Arrays.equals(start, MAGIC);
      };
    }

    @Override
    public Model read(Path file, List<Long> inputShape) throws IOException {
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(file);
      } catch (NoSuchFileException e) {
        throw flaw == Flaw.MISSING_UNNAMED ? new IOException("not there", e) : e;
      }
      if (flaw == Flaw.CHANGES_THE_FILE) {
        Files.write(file, new byte[] {1});
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      if (flaw != Flaw.TRUSTS_THE_LENGTH && !isSound(bytes)) {
        if (flaw != Flaw.FORGIVES_EVERYTHING) {
          throw new IOException((flaw == Flaw.DAMAGE_UNNAMED ? "it" : file) + " is damaged");
        }
        buffer = ByteBuffer.allocate(1000);
      }
      return model(buffer.position(MAGIC.length));
    }

    private static boolean isSound(byte[] bytes) {
      return bytes.length == MAGIC.length + 4 * CLASSES * INPUTS + 8
          && ByteBuffer.wrap(bytes).getLong(bytes.length - 8) == checksum(bytes);
    }

    private Model model(ByteBuffer bytes) {
      float[] values = new float[CLASSES * INPUTS];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.getFloat() + (flaw == Flaw.RANDOM ? CALLS.incrementAndGet() : 0);
      }
      INDArray weights = Nd4j.create(values, new long[] {CLASSES, INPUTS}, 'c');
      LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
      layers.put("dense", new Dense(weights, Nd4j.zeros(CLASSES)));
      return new Model(
          Network.chain(List.of((long) INPUTS), layers),
          Preprocessing.none(),
          flaw == Flaw.TOO_MANY_NAMES ? List.of("a", "b", "c", "d") : List.of("a", "b", "c"),
          flaw == Flaw.NO_FINGERPRINT ? "" : "%064x".formatted(1),
          List.of());
    }
  }
}
