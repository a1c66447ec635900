package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Room;

/**
 * The files beside a model that hold its weights. A model names them; a name never leads out of the
 * model's folder, nor through a link.
 */
final class WeightFiles {
  private final Optional<Path> folder;
  private final Set<Path> used = new TreeSet<>();

  private WeightFiles(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Those in the folder of a model file. */
  static WeightFiles beside(Path model) {
    return new WeightFiles(Optional.of(model.toAbsolutePath().getParent()));
  }

  /** For what has no folder. */
  static WeightFiles none() {
    return new WeightFiles(Optional.empty());
  }

  /** The files that were read, in order of their names. */
  Set<Path> used() {
    return used;
  }

  /**
   * A tensor's bytes, little-endian.
   *
   * @param bytes how many it needs
   * @throws IllegalArgumentException if they are not there, or elsewhere than beside the model
   */
  ByteBuffer read(TensorProto tensor, long bytes) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    try {
      Path file = file(tensor.getName(), location);
      long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
      long length = Long.parseLong(entries.getOrDefault("length", Long.toString(bytes)));
      require(
          offset >= 0 && length == bytes && bytes <= Files.size(file) - offset,
          "The weights '%s' need %d bytes, but are said to be %d from byte %d on in '%s', which has"
              + " %d.",
          tensor.getName(),
          bytes,
          length,
          offset,
          location,
          Files.size(file));
      used.add(file);
      return read(file, offset, Math.toIntExact(bytes));
    } catch (IOException | InvalidPathException | NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The weights '%s' are said to be in '%s': %s.\nMaybe copy that file to the model's folder.",
              tensor.getName(),
              location,
              Reason.of(e)),
          e);
    }
  }

  private Path file(String tensor, String location) throws IOException {
    require(
        folder.isPresent(),
        "The weights '%s' are in another file.\nMaybe save the model with its weights inside.",
        tensor);
    Path root = folder.get().toRealPath();
    Path name = Path.of(location);
    boolean inside =
        !location.isEmpty()
            && !name.isAbsolute()
            && !location.startsWith("/")
            && !location.contains("\\")
            && !name.startsWith("..")
            && root.resolve(name).normalize().startsWith(root);
    require(
        inside && !location.contains(".."),
        "The weights '%s' are said to be in '%s', outside of the model's folder.",
        tensor,
        location);
    Path file = root.resolve(name);
    Path real = file.toRealPath();
    require(
        real.startsWith(root) && Files.isRegularFile(real),
        "The weights '%s' are said to be in '%s', which is no file inside of the model's folder.",
        tensor,
        location);
    return real;
  }

  private static ByteBuffer read(Path file, long offset, int bytes) throws IOException {
    Room.require("Its weights in " + file.getFileName(), bytes);
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(offset);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new IOException("it is too short");
        }
      }
    }
    return buffer.flip();
  }
}
