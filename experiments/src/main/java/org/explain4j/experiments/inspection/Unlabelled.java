package org.explain4j.experiments.inspection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Extension;
import org.explain4j.api.Model;
import org.explain4j.api.PictureReader;
import org.explain4j.api.Split;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A folder of images in no class folders: the network's own predictions stand for the labels, in a
 * table beside the experiment file.
 *
 * @param images the names of the files
 * @param reading the provider that reads them; empty if this is no such folder
 */
record Unlabelled(List<String> images, Optional<DatasetProvider> reading, Draft.Request request) {
  private static final String PROVIDER = "image-folder";
  private static final String TABLE = "labels.csv";

  static Unlabelled of(Draft.Request request, Extensions extensions) throws IOException {
    Path folder = Path.of(request.data()).toAbsolutePath().normalize();
    List<String> images = List.of();
    if (Files.isDirectory(folder) && !Files.exists(folder.resolve(TABLE))) {
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> all = files.sorted().toList();
        boolean flat = all.stream().noneMatch(Files::isDirectory);
        images =
            flat
                ? all.stream()
                    .filter(f -> isImage(f, extensions))
                    .map(f -> f.getFileName().toString())
                    .toList()
                : images;
      }
    }
    DatasetProvider provider = extensions.of(DatasetProvider.class).providers().get(PROVIDER);
    return new Unlabelled(
        images,
        images.isEmpty() || provider == null
            ? Optional.empty()
            : provider.reading(folder, request.model().network().inputShape()),
        request);
  }

  private static boolean isImage(Path file, Extensions extensions) {
    return extensions.of(PictureReader.class).providers().values().stream()
        .anyMatch(reader -> reader.accepts(file));
  }

  boolean exists() {
    return reading.isPresent();
  }

  /** The table's name, beside the experiment file. */
  String name() {
    return request.out().getFileName().toString().replaceFirst("\\.ya?ml$", "") + "-labels.csv";
  }

  /** The data with one class for all, to predict them. */
  DatasetProvider unknown() throws IOException {
    return with(new int[images.size()]);
  }

  /** The data with the classes that a network predicts. */
  DatasetProvider predicted(Dataset opened, Model model) throws IOException {
    int[] classes = new int[images.size()];
    for (Split split : List.of(opened.train(), opened.test())) {
      for (int i = 0; i < split.size(); i++) {
        try (INDArray pixels = split.inputs(i);
            INDArray inputs = model.preprocessing().apply(pixels)) {
          int at = images.indexOf(split.name(i));
          classes[at] = model.network().predict(inputs)[0];
        }
      }
    }
    return with(classes);
  }

  private DatasetProvider with(int[] classes) throws IOException {
    StringBuilder table = new StringBuilder("file,class_index,predicted_by\n");
    String network = request.file().getFileName().toString().replaceAll("[\",\n]", "_");
    IntStream.range(0, classes.length)
        .forEach(
            i ->
                table
                    .append('"' + images.get(i).replace("\"", "\"\"") + '"')
                    .append("," + classes[i] + "," + network + "\n"));
    Files.writeString(ExperimentFile.base(request.out()).resolve(name()), table);
    return labelled(reading.orElseThrow(), name());
  }

  @SuppressWarnings("unchecked") // an extension is a record
  private static <E extends Record & Extension> DatasetProvider labelled(
      DatasetProvider provider, String table) {
    return (DatasetProvider) Extension.with((E) provider, Map.of("labels", table));
  }
}
