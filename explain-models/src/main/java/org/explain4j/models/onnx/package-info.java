/**
 * Networks in ONNX files (onnx.ai), as the exporters of PyTorch and Keras write them: reader and
 * writer, on the protobuf classes that ND4J carries.
 */
package org.explain4j.models.onnx;
