package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The laws that every dataset obeys. If its files do not exist, only its error message is tested.
 * Override {@link #base} to give the folder that relative paths start from.
 *
 * <pre>{@code
 * class MyDatasetTest extends DatasetContract {
 *   @Override
 *   protected DatasetProvider create() {
 *     return new MyDataset(Path.of("src/test/resources/sample"));
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DatasetContract extends ExtensionContract<DatasetProvider> {
  @TempDir Path empty;

  private Dataset opened;
  private DatasetProvider openedBy;

  protected DatasetContract() {
    super(DatasetProvider.class);
  }

  /** The folder that relative paths in the settings start from; an empty one by default. */
  protected Path base() {
    return empty;
  }

  @Test
  final void itOpensOrSaysWhatIsMissing() {
    try {
      read();
    } catch (IOException e) {
      assertThat(e.getMessage()).as("what cannot be read").isNotBlank();
    }
  }

  @Test
  final void itHasANameClassesAndAFingerprint() {
    Dataset data = open();
    assertThat(data.name()).as("the name").isNotBlank();
    assertThat(data.classNames()).as("the class names").isNotEmpty();
    assertThat(data.fingerprint()).as("the SHA-256 of the data").matches("[0-9a-f]{64}");
  }

  @Test
  final void openedTwiceItIsTheSame() throws IOException {
    Dataset one = open();
    Dataset other = create().open(base());
    assertThat(other.fingerprint()).as("the fingerprint").isEqualTo(one.fingerprint());
    splits(one)
        .forEach(
            (name, split) -> {
              int last = split.size() - 1;
              Split again = splits(other).get(name);
              assertThat(again.size()).as("size of the %s split", name).isEqualTo(split.size());
              Law.requireEqual(
                  "the last example of the %s split must be the same".formatted(name),
                  again.inputs(last),
                  split.inputs(last),
                  0);
            });
  }

  @Test
  final void examplesHaveTheInputShapeInFloat32() {
    Dataset data = open();
    long[] shape =
        LongStream.concat(LongStream.of(3), data.inputShape().stream().mapToLong(Long::longValue))
            .toArray();
    splits(data)
        .forEach(
            (name, split) -> {
              int last = split.size() - 1;
              INDArray batch = split.inputs(last, 0, last);
              assertThat(batch.shape()).as("shape of three %s examples", name).isEqualTo(shape);
              assertThat(batch.dataType())
                  .as("type of %s examples", name)
                  .isEqualTo(DataType.FLOAT);
              assertThat(batch.ordering()).as("order of %s examples", name).isEqualTo('c');
              Law.requireFinite("a value of the %s split must be finite".formatted(name), batch);
            });
  }

  @Test
  final void pixelsLieBetweenZeroAndOne() {
    Dataset data = open();
    if (data.inputShape().size() != 3) {
      abort("has vectors, not images");
    }
    splits(data)
        .forEach(
            (name, split) -> {
              INDArray batch = split.inputs(split.size() - 1, 0);
              assertThat(batch.minNumber().floatValue())
                  .as("smallest pixel of two %s images", name)
                  .isNotNegative();
              assertThat(batch.maxNumber().floatValue())
                  .as("largest pixel of two %s images", name)
                  .isBetween(Float.MIN_VALUE, 1f);
            });
  }

  @Test
  final void anExampleIsTheSameInAnyBatch() {
    splits(open())
        .forEach(
            (name, split) -> {
              int last = split.size() - 1;
              INDArray alone = split.inputs(last);
              INDArray batch = split.inputs(last, 0, last);
              for (int place : List.of(0, 2)) {
                Law.requireEqual(
                    "example %d of the %s split at place %d of a batch must be what it is alone"
                        .formatted(last, name, place),
                    batch.slice(place),
                    alone.slice(0),
                    0);
              }
              assertThat(split.labels(last, 0, last))
                  .as("labels of examples %d, 0 and %d of the %s split", last, last, name)
                  .containsExactly(
                      split.labels(last)[0], split.labels(0)[0], split.labels(last)[0]);
            });
  }

  @Test
  final void labelsAreClassesAndNamesDiffer() {
    Dataset data = open();
    splits(data)
        .forEach(
            (name, split) -> {
              int last = split.size() - 1;
              for (int label : split.labels(last, 0)) {
                assertThat(label)
                    .as("a label of the %s split, with %d classes", name, data.classNames().size())
                    .isBetween(0, data.classNames().size() - 1);
              }
              assertThat(split.name(0)).as("name of the first %s example", name).isNotBlank();
              if (last > 0) {
                assertThat(split.name(0))
                    .as("names of the first and last %s example", name)
                    .isNotEqualTo(split.name(last));
              }
            });
  }

  /** The splits that have examples. */
  private static Map<String, Split> splits(Dataset data) {
    Map<String, Split> splits = new TreeMap<>();
    if (data.train().size() > 0) {
      splits.put("train", data.train());
    }
    if (data.test().size() > 0) {
      splits.put("test", data.test());
    }
    assertThat(splits).as("the splits that have examples").isNotEmpty();
    return splits;
  }

  /** The dataset, opened once for all tests; if its files do not exist, the test is skipped. */
  protected final Dataset open() {
    try {
      return read();
    } catch (IOException e) {
      return abort(() -> "its files do not exist: " + e.getMessage());
    }
  }

  private Dataset read() throws IOException {
    DatasetProvider provider = create();
    if (!provider.equals(openedBy)) { // a class with parameters makes one after the other
      opened = provider.open(base());
      openedBy = provider;
    }
    return opened;
  }
}
