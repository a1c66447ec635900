/**
 * Networks in ONNX files (onnx.ai), as the exporters of PyTorch and Keras write them: reader and
 * writer, on the protobuf classes that come with ND4J.
 */
package org.explain4j.models.onnx;
