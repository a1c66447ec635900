package org.explain4j.models.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Download;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.files.RealFile;

/**
 * A trained network in a file.
 *
 * @param path of the file, relative to the experiment's folder, or else to the folder of {@link
 *     Download downloads}
 * @param reader id of the reader, or {@code auto} to choose by the file's content
 * @param inputShape of one example, {@code [c,h,w]} or {@code [d]}, for files that leave it open;
 *     if empty, that of the experiment's data
 * @param preprocessing from pixels in [0,1] to the network's input; if not given, what the file
 *     states, which is often nothing
 * @param classNames by index; if empty, those in the file
 * @param output name of the one that is explained, for networks with several; if empty, the reader
 *     chooses, and says so
 */
public record FileModel(
    Path path,
    String reader,
    List<Long> inputShape,
    Optional<Preprocessing> preprocessing,
    List<String> classNames,
    String output)
    implements ModelProvider {
  private static final String AUTO = "auto";

  public FileModel() {
    this(Path.of(""));
  }

  public FileModel {
    inputShape = List.copyOf(inputShape);
    classNames = List.copyOf(classNames);
    if (inputShape.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "The input-shape (%s) must be numbers of at least 1.", inputShape));
    }
  }

  /** A file that states everything that is needed. */
  public FileModel(Path path) {
    this(path, AUTO, List.of(), Optional.empty(), List.of(), "");
  }

  @Override
  public String id() {
    return "file";
  }

  @Override
  public String summary() {
    return "a trained network in a file, of any format that a model reader knows";
  }

  @Override
  public Model provide(Request request) throws IOException {
    List<Long> shape = inputShape.isEmpty() ? request.data().inputShape() : inputShape;
    return new FileModel(path, reader, shape, preprocessing, classNames, output)
        .read(request.base());
  }

  /**
   * Reads the file without data, so the file or these settings must state the input's shape.
   *
   * @param base the folder that a relative path starts from
   * @throws IOException if the file is missing, damaged, of an unknown format, or something else
   *     lies in its place, such as a Git LFS pointer
   */
  public Model read(Path base) throws IOException {
    Path file = file(base).orElseThrow(() -> new IOException(missing(base)));
    RealFile.require(file);
    Model model = ModelReader.of(reader(file), file, inputShape);
    return new Model(
        model.network(),
        preprocessing.orElse(model.preprocessing()),
        classNames.isEmpty() ? model.classNames() : classNames,
        model.fingerprint(),
        model.notes());
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    return file(base).isPresent() ? Map.of() : Map.of("path", missing(base));
  }

  private Optional<Path> file(Path base) {
    return Stream.of(base, Download.folder(""))
        .map(folder -> folder.resolve(path))
        .filter(file -> !path.toString().isEmpty() && Files.exists(file))
        .findFirst();
  }

  private String missing(Path base) {
    if (path.toString().isEmpty()) {
      return "No model file is given.\nMaybe set model.file.path.";
    }
    String download = path.getName(0).toString();
    return String.format(
        Locale.ROOT,
        "There is no model file '%s', neither in %s nor among the downloads in %s.\n%s",
        path,
        base.toAbsolutePath().normalize(),
        Download.folder("").toAbsolutePath(),
        Catalog.of(Download.class).providers().containsKey(download)
            ? String.format(
                Locale.ROOT,
                "Maybe run \"explain download %s\", or correct model.file.path.",
                download)
            : "Maybe correct model.file.path.");
  }

  private ModelReader reader(Path file) throws IOException {
    Catalog<ModelReader> readers = Catalog.of(ModelReader.class);
    ModelReader chosen =
        reader.equals(AUTO) ? ModelReader.accepting(readers, file) : readers.get(reader);
    try {
      return output.isEmpty() ? chosen : chosen.ofOutput(output);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
