package org.explain4j.datasets.download;

import java.util.List;

/**
 * MNIST (LeCun, Cortes, Burges). Checksums and sizes: {@code url_checksums/mnist.txt} of TensorFlow
 * Datasets; the second address is the one that torchvision asks first.
 */
public record MnistFiles() implements Published {
  private static final String[] PLACES = {
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/"
  };

  @Override
  public String id() {
    return "mnist";
  }

  @Override
  public String summary() {
    return "MNIST: 60,000 + 10,000 digits, 12 MB";
  }

  @Override
  public List<RemoteFile> files() {
    return List.of(
        RemoteFile.of(
            "train-images-idx3-ubyte.gz",
            9912422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            PLACES),
        RemoteFile.of(
            "train-labels-idx1-ubyte.gz",
            28881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            PLACES),
        RemoteFile.of(
            "t10k-images-idx3-ubyte.gz",
            1648877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            PLACES),
        RemoteFile.of(
            "t10k-labels-idx1-ubyte.gz",
            4542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            PLACES));
  }
}
