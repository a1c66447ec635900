package org.explain4j.models.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.explain4j.models.keras.KerasNet.Entry;
import org.explain4j.models.keras.KerasNet.Weight;

/** Writes models in the layouts of Keras' versions. */
final class KerasFiles {
  private KerasFiles() {}

  /** {@code model.save("x.h5")}. */
  static void saveH5(Path file, KerasNet net, int version) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("backend", "tensorflow");
      hdf.putAttribute("keras_version", version == 3 ? "3.3.3" : "2.11.0");
      hdf.putAttribute("model_config", net.json(version).toString());
      weights(hdf.putGroup("model_weights"), net);
    }
  }

  /** {@code model.save_weights("x.h5")}. */
  static void saveWeights(Path file, KerasNet net) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      weights(hdf, net);
    }
  }

  static void weights(WritableGroup root, KerasNet net) {
    root.putAttribute("backend", "tensorflow");
    List<String> layers = new ArrayList<>();
    for (Entry entry : net.entries()) {
      if (!entry.ordered().isEmpty()) { // jHDF cannot write groups with nothing in them
        layers.add(entry.name());
        group(root, entry.name(), entry.ordered());
      }
    }
    root.putAttribute("layer_names", layers.toArray(String[]::new));
  }

  private static void group(WritableGroup root, String name, List<Weight> weights) {
    Map<String, WritableGroup> groups = new HashMap<>();
    WritableGroup layer = inside(root, name, groups);
    layer.putAttribute("weight_names", weights.stream().map(Weight::name).toArray(String[]::new));
    groups.clear();
    for (Weight weight : weights) {
      int slash = weight.name().lastIndexOf('/');
      inside(layer, weight.name().substring(0, slash), groups)
          .putDataset(weight.name().substring(slash + 1), nested(weight.array()));
    }
  }

  private static WritableGroup inside(
      WritableGroup root, String path, Map<String, WritableGroup> groups) {
    WritableGroup group = root;
    String whole = "";
    for (String part : path.split("/", -1)) {
      whole += "/" + part;
      WritableGroup outer = group;
      group = groups.computeIfAbsent(whole, key -> outer.putGroup(part));
    }
    return group;
  }

  /** {@code model.save("x.keras")}, with the containers of Keras 3, or of 2.12 to 2.14. */
  static void saveKeras(Path file, KerasNet net, int version, Path scratch) throws IOException {
    Path weights = Files.createTempFile(scratch, "model", ".weights.h5");
    try (WritableHdfFile hdf = HdfFile.write(weights)) {
      numbered(hdf, net, version == 3 ? "layers" : "_layer_checkpoint_dependencies");
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("metadata.json", "{}".getBytes(StandardCharsets.UTF_8));
    entries.put("config.json", net.json(version).toString().getBytes(StandardCharsets.UTF_8));
    entries.put("model.weights.h5", Files.readAllBytes(weights));
    zip(file, entries);
  }

  private static void numbered(WritableGroup root, KerasNet net, String container) {
    WritableGroup layers = root.putGroup(container);
    Map<String, Integer> counts = new HashMap<>();
    for (Entry entry : net.entries()) {
      String type =
          entry.nested() == null
              ? entry.type()
              : entry.nested().sequential() ? "Sequential" : "Functional";
      String name = NumberedWeights.snakeCase(type);
      int count = counts.getOrDefault(name, 0);
      boolean twice = container.startsWith("_") && !entry.ordered().isEmpty();
      counts.put(name, count + (twice ? 2 : 1));
      if (entry.ordered().isEmpty()) {
        continue;
      }
      WritableGroup layer = layers.putGroup(count == 0 ? name : name + "_" + count);
      if (entry.nested() != null) {
        numbered(layer, entry.nested(), container);
      } else {
        WritableGroup vars = layer.putGroup("vars");
        vars.putAttribute("name", entry.name());
        for (int i = 0; i < entry.weights().size(); i++) {
          vars.putDataset(String.valueOf(i), nested(entry.weights().get(i)));
        }
      }
    }
  }

  static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  static void zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        CRC32 sum = new CRC32();
        sum.update(each.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(each.getValue().length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(each.getValue());
      }
    }
  }

  /** As arrays of arrays, which jHDF takes a shape from. */
  private static Object nested(SlowArray array) {
    if (array.rank() == 0) {
      return (float) array.data()[0];
    }
    Object nested = Array.newInstance(float.class, array.shape());
    for (int i = 0; i < array.data().length; i++) {
      Object inner = nested;
      for (int axis = 0; axis < array.rank() - 1; axis++) {
        inner = Array.get(inner, array.along(axis, i));
      }
      Array.setFloat(inner, array.along(array.rank() - 1, i), (float) array.data()[i]);
    }
    return nested;
  }
}
