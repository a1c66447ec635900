package org.explain4j.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A format of networks that no reader knows, and the line of code that converts it to one that is
 * read.
 *
 * @param endings file name extensions, in lower case
 */
record ForeignFormat(String name, List<String> endings, String line) {
  private static final String SAVED_MODEL = "saved_model.pb";

  private static final ForeignFormat FOLDER =
      new ForeignFormat(
          "TensorFlow SavedModel",
          List.of(SAVED_MODEL),
          "python -m tf2onnx.convert --saved-model FOLDER --output model.onnx");

  private static final List<ForeignFormat> ALL =
      List.of(
          FOLDER,
          new ForeignFormat(
              "PyTorch",
              List.of(".pt", ".pth"),
              "torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), 'model.onnx',"
                  + " opset_version=17)"),
          new ForeignFormat(
              "TensorFlow graphs",
              List.of(".pb"),
              "python -m tf2onnx.convert --graphdef FILE --inputs INPUT:0 --outputs OUTPUT:0"
                  + " --output model.onnx"),
          new ForeignFormat(
              "TensorFlow Lite",
              List.of(".tflite"),
              "python -m tf2onnx.convert --tflite FILE --output model.onnx"),
          new ForeignFormat(
              "Caffe",
              List.of(".caffemodel"),
              "python -m caffe2onnx.convert --prototxt deploy.prototxt --caffemodel FILE --onnx"
                  + " model.onnx"),
          new ForeignFormat(
              "SameDiff",
              List.of(".fb", ".sd", ".sdz", ".sdnb"),
              "ModelSerializer.writeModel(network, new File(\"model.zip\"), false), with a"
                  + " MultiLayerNetwork of the same layers"));

  /** Whether it is a SavedModel or the file in one, whose first bytes are like an ONNX file's. */
  static boolean isSavedModel(Path path) {
    return Files.exists(path.resolve(SAVED_MODEL)) || path.endsWith(SAVED_MODEL);
  }

  /** What to do with a file or folder that is in one of these formats, judging by its name. */
  static Optional<String> advice(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return ALL.stream()
        .filter(
            format ->
                isSavedModel(path)
                    ? format.equals(FOLDER)
                    : format.endings().stream().anyMatch(name::endsWith))
        .findFirst()
        .map(
            format ->
                String.format(
                    Locale.ROOT,
                    "%s is in the format of %s, which cannot be read. Export it: %s",
                    path,
                    format.name(),
                    format.line()));
  }
}
