package org.explain4j.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DatasetContractTest {
  private static final AtomicLong CALLS = new AtomicLong();

  @Test
  void eachFlawIsFoundByItsLaw() {
    Verdicts.of(OnFlawed.class).requireThatEachFlawIsFound(Flaw.values());
  }

  @Test
  void eachLawFindsAFlaw() {
    Verdicts.requireThatEachLawFindsAFlaw(DatasetContract.class, Flaw.values());
  }

  @ParameterizedClass(name = "{0}")
  @EnumSource
  static class OnFlawed extends DatasetContract {
    @Parameter Flaw flaw;

    @Override
    protected DatasetProvider create() {
      return new Flawed(flaw);
    }
  }

  enum Flaw implements Verdicts.Flaw {
    NONE("", ""),
    NOT_THERE("", ""),
    NOT_THERE_UNSAID("itOpensOrSaysWhatIsMissing", "what cannot be read"),
    NO_FINGERPRINT("itHasANameClassesAndAFingerprint", "the SHA-256 of the data"),
    NO_CLASSES("itHasANameClassesAndAFingerprint", "the class names"),
    CHANGES("openedTwiceItIsTheSame", "the fingerprint"),
    RANDOM("openedTwiceItIsTheSame", "the last example of the test split must be the same: at ["),
    WRONG_SHAPE("examplesHaveTheInputShapeInFloat32", "shape of three test examples"),
    FLOAT64("examplesHaveTheInputShapeInFloat32", "type of test examples"),
    BYTES("pixelsLieBetweenZeroAndOne", "largest pixel of two test images"),
    SEES_THE_BATCH("anExampleIsTheSameInAnyBatch", "of the test split at place 2 of a batch"),
    UNKNOWN_CLASS("labelsAreClassesAndNamesDiffer", "a label of the test split, with 2 classes"),
    SAME_NAMES("labelsAreClassesAndNamesDiffer", "names of the first and last test example");

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

  /** Images of 4x4 pixels that get brighter, but for a flaw. */
  public record Flawed(Flaw flaw) implements DatasetProvider {
    public Flawed() {
      this(Flaw.NONE);
    }

    @Override
    public String id() {
      return "flawed-dataset";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Dataset open(Path base) throws IOException {
      if (flaw == Flaw.NOT_THERE || flaw == Flaw.NOT_THERE_UNSAID) {
        throw new IOException(flaw == Flaw.NOT_THERE ? "no pixels.bin" : "");
      }
      long opened = CALLS.incrementAndGet();
      String fingerprint = "%064x".formatted(flaw == Flaw.CHANGES ? opened : 1);
      return new Dataset(
          "flawed",
          List.of(1L, 4L, 4L),
          flaw == Flaw.NO_CLASSES ? List.of() : List.of("even", "odd"),
          new Images(flaw, 8, flaw == Flaw.RANDOM ? opened : 1),
          new Images(flaw, 6, flaw == Flaw.RANDOM ? opened : 1),
          flaw == Flaw.NO_FINGERPRINT ? "" : fingerprint);
    }
  }

  private record Images(Flaw flaw, int size, long seed) implements Split {
    @Override
    public INDArray inputs(int... indices) {
      INDArray images = Nd4j.zeros(DataType.FLOAT, indices.length, 1, 4, 4);
      for (int place = 0; place < indices.length; place++) {
        double pixel = (indices[place] + 1.0 / (1 + seed)) / size;
        images.slice(place).addi(flaw == Flaw.SEES_THE_BATCH ? pixel / (1 + place) : pixel);
      }
      return switch (flaw) {
        case WRONG_SHAPE -> images.reshape('c', indices.length, 16);
        case FLOAT64 -> images.castTo(DataType.DOUBLE);
        case BYTES -> images.muli(255);
        default -> images;
      };
    }

    @Override
    public int[] labels(int... indices) {
      return Arrays.stream(indices).map(i -> flaw == Flaw.UNKNOWN_CLASS ? i : i % 2).toArray();
    }

    @Override
    public String name(int index) {
      return flaw == Flaw.SAME_NAMES ? "image" : "image " + index;
    }
  }
}
