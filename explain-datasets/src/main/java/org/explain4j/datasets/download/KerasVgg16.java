package org.explain4j.datasets.download;

import java.net.URI;
import java.util.List;

/**
 * VGG-16 (Simonyan and Zisserman 2015) trained on ImageNet, as Keras ships it. Keras publishes only
 * an MD5 ({@code file_hash} in {@code keras.applications.vgg16}), so this is checked, and the size
 * that Keras' own download reports.
 */
public record KerasVgg16() implements Published {
  private static final String FILE = "vgg16_weights_tf_dim_ordering_tf_kernels.h5";

  @Override
  public String id() {
    return "keras-vgg16";
  }

  @Override
  public String summary() {
    return "VGG-16 for ImageNet, Keras weights, 553 MB";
  }

  @Override
  public List<RemoteFile> files() {
    return List.of(
        new RemoteFile(
            FILE,
            List.of(
                URI.create(
                    "https://storage.googleapis.com/tensorflow/keras-applications/vgg16/" + FILE),
                URI.create(
                    "https://github.com/fchollet/deep-learning-models/releases/download/v0.1/"
                        + FILE)),
            553467096,
            "MD5",
            "64373286793e3c8b2b4e3219cbf3544b"));
  }
}
