package org.explain4j.datasets.download;

import java.util.List;

/**
 * CIFAR-10 (Krizhevsky 2009), the binary version from the author's page. Checksum and size: {@code
 * url_checksums/cifar10.txt} of TensorFlow Datasets; the page itself gives the MD5
 * c32a1d4ab5d03f1284b67883e8d87530.
 */
public record Cifar10Files() implements Published {
  @Override
  public String id() {
    return "cifar10";
  }

  @Override
  public String summary() {
    return "CIFAR-10: 50,000 + 10,000 photographs of 32x32, 170 MB";
  }

  @Override
  public List<RemoteFile> files() {
    return List.of(
        RemoteFile.of(
            "cifar-10-binary.tar.gz",
            170052171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            "https://www.cs.toronto.edu/~kriz/"));
  }
}
