package org.explain4j.models.keras;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.models.graph.Archives;
import org.explain4j.models.graph.Damage;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Network;
import org.explain4j.network.files.Checksum;

/**
 * Networks of Keras 1, 2 and 3, Sequential and functional: HDF5 files (.h5) as {@code model.save}
 * writes them, or files of weights alone with the architecture beside them (see {@link
 * Architecture}), and .keras files. They are read in Java alone; nothing is initialised, every
 * weight comes from the file.
 */
public record KerasReader() implements ModelReader {
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final String CONFIGURATION = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  @Override
  public String id() {
    return "keras";
  }

  @Override
  public String summary() {
    return "files of Keras 1, 2 and 3 (.h5 and .keras), Sequential and functional";
  }

  @Override
  public boolean accepts(Path file) throws IOException {
    return isHdf5(file) || Archives.has(file, CONFIGURATION);
  }

  private static boolean isHdf5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(HDF5.length), HDF5);
    }
  }

  @Override
  public Model read(Path file, List<Long> inputShape) throws IOException {
    try {
      return isHdf5(file) ? hdf5(file, inputShape) : archive(file, inputShape);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // Lengths and nesting in a damaged file may be anything; the memory was never allocated.
      throw Damage.of(file, "Keras", e);
    }
  }

  private static Model hdf5(Path file, List<Long> inputShape) throws IOException {
    // HdfFile would leave a file open that it refuses; closing the channel is all that it does.
    try (FileChannel channel = FileChannel.open(file)) {
      return model(file, Architecture.of(file, opened(channel)), inputShape);
    }
  }

  /** Through a map of the file where Java has one so long: it ends where the file does. */
  private static HdfFile opened(FileChannel channel) throws IOException {
    long size = channel.size();
    return size > Integer.MAX_VALUE || size == 0
        ? new HdfFile(channel)
        : HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
  }

  private static Model archive(Path file, List<Long> inputShape) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] configuration = Archives.entry(zip, CONFIGURATION, Archives.LARGEST_TEXT);
      byte[] weights = Archives.entry(zip, WEIGHTS, Archives.LARGEST_ARRAY);
      try (HdfFile hdf = HdfFile.fromBytes(weights)) {
        return model(file, Architecture.of(configuration, hdf), inputShape);
      }
    }
  }

  private static Model model(Path file, Architecture architecture, List<Long> inputShape)
      throws IOException {
    KerasLayer model = architecture.model();
    KerasInput input = KerasInput.of(model);
    Weights weights = architecture.weights(model);
    GraphAssembly assembly = input.begin(inputShape);
    Set<String> scalings = new HashSet<>();
    Tensor output =
        explained(
            assembly,
            new KerasGraph(assembly, weights, architecture.isFlipped(), scalings)
                .apply(model, List.of(input.tensor(assembly)), false));
    Optional<Preprocessing> scaling = Scaling.take(assembly, scalings);
    Network network = assembly.network(output.node());
    List<String> notes = new ArrayList<>(architecture.notes());
    notes.addAll(assembly.notes());
    return new Model(
        network,
        scaling.orElse(architecture.preprocessing()),
        List.of(),
        Checksum.sha256().file(file).hex(),
        notes);
  }

  /** The first output, its entries in Keras' order. */
  private static Tensor explained(GraphAssembly assembly, List<Tensor> outputs) {
    Tensor output = outputs.get(0);
    if (outputs.size() > 1) {
      assembly.note(
          String.format(
              Locale.ROOT,
              "Of its %d outputs the first, '%s', is explained.",
              outputs.size(),
              output.node()));
    }
    return output.extended(assembly).size() > 1
        ? output.flattened(assembly, output.natural(), "flatten-output")
        : output;
  }
}
