package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.explain4j.api.Preprocessing;

/** Preprocessing and class names in the {@code metadata_props} of an ONNX model. */
final class OnnxMetadata {
  private static final String PREFIX = "explain4j.";
  private static final String CLASSES = PREFIX + "classes";
  private static final String SCALE = PREFIX + "preprocessing.scale";
  private static final String MEAN = PREFIX + "preprocessing.mean";
  private static final String DEVIATION = PREFIX + "preprocessing.deviation";
  private static final String BGR = PREFIX + "preprocessing.bgr";

  private OnnxMetadata() {}

  static List<StringStringEntryProto> write(Preprocessing preprocessing, List<String> classes) {
    Map<String, String> entries = new LinkedHashMap<>();
    if (!classes.isEmpty()) {
      entries.put(CLASSES, String.join("\n", classes));
    }
    if (!preprocessing.equals(Preprocessing.none())) {
      entries.put(SCALE, Double.toString(preprocessing.scale()));
      entries.put(MEAN, join(preprocessing.mean()));
      entries.put(DEVIATION, join(preprocessing.deviation()));
      entries.put(BGR, Boolean.toString(preprocessing.bgr()));
    }
    List<StringStringEntryProto> properties = new ArrayList<>();
    entries.forEach(
        (key, value) ->
            properties.add(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value).build()));
    return properties;
  }

  static List<String> classes(ModelProto model) {
    String classes = entries(model).getOrDefault(CLASSES, "");
    return classes.isEmpty() ? List.of() : classes.lines().toList();
  }

  /**
   * The preprocessing in the file; {@link Preprocessing#none()} if it has none.
   *
   * @throws IllegalArgumentException if its values are not numbers
   */
  static Preprocessing preprocessing(ModelProto model) {
    Map<String, String> entries = entries(model);
    if (!entries.containsKey(SCALE)) {
      return Preprocessing.none();
    }
    return new Preprocessing(
        Double.parseDouble(entries.get(SCALE)),
        split(entries.getOrDefault(MEAN, "")),
        split(entries.getOrDefault(DEVIATION, "")),
        Boolean.parseBoolean(entries.get(BGR)));
  }

  private static Map<String, String> entries(ModelProto model) {
    return model.getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(
                StringStringEntryProto::getKey, StringStringEntryProto::getValue, (a, b) -> b));
  }

  private static String join(List<Double> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static List<Double> split(String numbers) {
    return numbers.isBlank()
        ? List.of()
        : Arrays.stream(numbers.trim().split(" ", -1)).map(Double::valueOf).toList();
  }
}
