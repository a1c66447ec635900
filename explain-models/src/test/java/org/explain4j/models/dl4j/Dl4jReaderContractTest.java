package org.explain4j.models.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.explain4j.api.ModelReader;
import org.explain4j.testkit.ModelReaderContract;
import org.nd4j.linalg.activations.Activation;

class Dl4jReaderContractTest extends ModelReaderContract {

  @Override
  protected ModelReader create() {
    return new Dl4jReader();
  }

  @Override
  protected Path write(Path folder) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(7).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder().nIn(7).nOut(3).activation(Activation.SOFTMAX).build())
                .build());
    network.init();
    Path file = folder.resolve("good.zip");
    ModelSerializer.writeModel(network, file.toFile(), false);
    return file;
  }
}
