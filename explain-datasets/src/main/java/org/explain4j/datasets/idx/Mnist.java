package org.explain4j.datasets.idx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Download;

/**
 * MNIST (LeCun, Bottou, Bengio, Haffner 1998): 60,000 + 10,000 handwritten digits, grey {@code
 * [1,28,28]}.
 *
 * @param directory a folder with the four IDX files, compressed or not, relative to the experiment
 *     file; empty for the one that {@code explain download mnist} fills
 */
public record Mnist(String directory) implements DatasetProvider {
  private static final List<String> CLASSES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  public Mnist() {
    this("");
  }

  @Override
  public String id() {
    return "mnist";
  }

  @Override
  public String summary() {
    return "Handwritten digits, grey 28x28 (LeCun et al. 1998)";
  }

  @Override
  public Dataset open(Path base) throws IOException {
    return IdxFolder.open("mnist (%d + %d)", folder(base), CLASSES);
  }

  @Override
  public Optional<DatasetProvider> reading(Path data, List<Long> inputShape) {
    return IdxFolder.isIn(data) ? Optional.of(new Mnist(data.toString())) : Optional.empty();
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    return IdxFolder.missing(id(), folder(base));
  }

  private Path folder(Path base) {
    return directory.isEmpty() ? Download.folder(id()) : base.resolve(directory);
  }
}
