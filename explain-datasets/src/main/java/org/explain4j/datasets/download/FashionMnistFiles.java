package org.explain4j.datasets.download;

import java.util.List;

/**
 * Fashion-MNIST from the address in its README, which serves only plain HTTP; the checksums make up
 * for that. Checksums and sizes: {@code url_checksums/fashion_mnist.txt} of TensorFlow Datasets.
 */
public record FashionMnistFiles() implements Published {
  private static final String PLACE = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

  @Override
  public String id() {
    return "fashion-mnist";
  }

  @Override
  public String summary() {
    return "Fashion-MNIST: 60,000 + 10,000 clothes, 31 MB";
  }

  @Override
  public List<RemoteFile> files() {
    return List.of(
        RemoteFile.of(
            "train-images-idx3-ubyte.gz",
            26421880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            PLACE),
        RemoteFile.of(
            "train-labels-idx1-ubyte.gz",
            29515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            PLACE),
        RemoteFile.of(
            "t10k-images-idx3-ubyte.gz",
            4422102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            PLACE),
        RemoteFile.of(
            "t10k-labels-idx1-ubyte.gz",
            5148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            PLACE));
  }
}
