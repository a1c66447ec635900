package org.explain4j.models.keras;

import java.nio.file.Path;
import org.explain4j.api.ModelReader;
import org.explain4j.testkit.ModelReaderContract;
import org.explain4j.testkit.Networks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class KerasReaderContractTest extends ModelReaderContract {

  @Override
  protected ModelReader create() {
    return new KerasReader();
  }

  @Override
  protected Path write(Path folder) {
    Path file = folder.resolve("good.h5");
    new KerasFile()
        .input(6, 5, 2)
        .conv("stem", "relu", weights(1, 3, 3, 2, 4), weights(2, 4), "image")
        .layer("Flatten", "flat", "", "stem")
        .dense("head", "softmax", weights(3, 6 * 5 * 4, 3), weights(4, 3), "flat")
        .write(file, "head");
    return file;
  }

  private static INDArray weights(long seed, long... shape) {
    return Networks.normal(seed, shape).castTo(DataType.FLOAT);
  }
}
