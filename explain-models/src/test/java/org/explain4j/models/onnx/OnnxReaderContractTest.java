package org.explain4j.models.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.Activation;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.testkit.ModelReaderContract;

class OnnxReaderContractTest extends ModelReaderContract {

  @Override
  protected ModelReader create() {
    return new OnnxReader();
  }

  @Override
  protected Path write(Path folder) throws IOException {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("first", new Dense(OnnxFile.random(1, 5, 4), OnnxFile.random(2, 5)));
    layers.put("relu", Activation.RELU);
    layers.put("last", new Dense(OnnxFile.random(3, 3, 5), OnnxFile.random(4, 3)));
    Path file = folder.resolve("good.onnx");
    OnnxWriter.write(
        file, Network.chain(List.of(4L), layers), Preprocessing.none(), List.of("a", "b", "c"));
    return file;
  }

  @Override
  protected int damagedFiles() {
    return 300;
  }
}
