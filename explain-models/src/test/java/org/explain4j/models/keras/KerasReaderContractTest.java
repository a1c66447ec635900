package org.explain4j.models.keras;

import java.nio.file.Path;
import org.explain4j.api.ModelReader;
import org.explain4j.testkit.ModelReaderContract;

class KerasReaderContractTest extends ModelReaderContract {

  @Override
  protected ModelReader create() {
    return new KerasReader();
  }

  @Override
  protected Path write(Path folder) {
    Path file = folder.resolve("good.h5");
    KerasFiles.saveH5(file, new RandomKeras(40).net(), 2);
    return file;
  }
}
