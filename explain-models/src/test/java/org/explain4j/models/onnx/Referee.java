package org.explain4j.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What ONNX Runtime computes. */
final class Referee {
  private Referee() {}

  /**
   * The first output for a batch, one row for each example.
   *
   * @param model of one input
   * @param input as the file has it
   */
  static INDArray run(byte[] model, INDArray input) throws IOException {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "referee");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      FloatBuffer numbers = FloatBuffer.wrap(input.dup('c').data().asFloat());
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor tensor = OnnxTensor.createTensor(environment, numbers, input.shape());
          OrtSession.Result result =
              session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        float[] values = new float[output.getFloatBuffer().remaining()];
        output.getFloatBuffer().get(values);
        return Nd4j.createFromArray(values).reshape('c', input.size(0), -1);
      }
    } catch (OrtException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
