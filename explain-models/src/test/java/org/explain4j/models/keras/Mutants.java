package org.explain4j.models.keras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.explain4j.models.dl4j.Dl4jReader;
import org.explain4j.network.Network;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A process of its own that reads damaged copies of a file: what is read may not end it. */
final class Mutants {
  private Mutants() {}

  /**
   * @param arguments format, folder, first and last seed; prints a line for each: seed,
   *     milliseconds, file and, where it was refused, the message
   */
  public static void main(String[] arguments) throws IOException {
    String format = arguments[0];
    Path folder = Path.of(arguments[1]);
    Path good = good(format, folder);
    for (int seed = Integer.parseInt(arguments[2]);
        seed <= Integer.parseInt(arguments[3]);
        seed++) {
      Path file = folder.resolve("mutant" + seed + "." + format);
      damage(good, file, new SplittableRandom(seed));
      long start = System.nanoTime();
      String message = "";
      try {
        read(format, file);
      } catch (IOException e) {
        message = e.getMessage().replaceAll("[^ -~]", " "); // in a line
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.println(String.join("\t", "" + seed, "" + millis, file.toString(), message));
      Files.delete(file);
    }
  }

  private static void read(String format, Path file) throws IOException {
    switch (format) {
      case "npz" -> NumpyArchive.read(file).values().forEach(INDArray::sumNumber);
      case "zip" -> run(new Dl4jReader().read(file, List.of(2L, 6L, 6L)).network());
      default -> run(new KerasReader().read(file).network());
    }
  }

  private static void run(Network network) {
    List<Long> shape = new ArrayList<>(network.inputShape());
    shape.add(0, 1L);
    long numbers = shape.stream().reduce(1L, (a, b) -> a * b);
    if (numbers < 1 << 16) {
      network.logits(Nd4j.ones(DataType.FLOAT, shape.stream().mapToLong(i -> i).toArray()));
    }
  }

  private static Path good(String format, Path folder) throws IOException {
    Path file = folder.resolve("good." + format);
    switch (format) {
      case "h5" -> KerasFiles.saveH5(file, new RandomKeras(40).net(), 2);
      case "keras" -> KerasFiles.saveKeras(file, new RandomKeras(40).net(), 3, folder);
      case "zip" -> ModelSerializer.writeModel(dl4j(), file.toFile(), false);
      default ->
          NumpyArchive.write(
              file, Map.of("a", Nd4j.ones(3, 4), "b", Nd4j.ones(DataType.DOUBLE, 2, 3, 4)));
    }
    return file;
  }

  private static MultiLayerNetwork dl4j() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
    network.init();
    return network;
  }

  /** The file itself, or, of an archive, what lies in one of its entries. */
  private static void damage(Path good, Path file, SplittableRandom random) throws IOException {
    if (good.toString().endsWith(".h5") || random.nextInt(3) == 0) {
      Files.write(file, damaged(Files.readAllBytes(good), random));
      return;
    }
    Map<String, byte[]> entries = KerasFiles.entries(good);
    List<String> names = entries.keySet().stream().sorted().toList();
    String name = names.get(random.nextInt(names.size()));
    entries.put(name, damaged(entries.get(name), random));
    KerasFiles.zip(file, entries);
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    if (random.nextInt(5) == 0) {
      return Arrays.copyOf(good, random.nextInt(good.length));
    }
    byte[] bytes = good.clone();
    // The first part of a file is structure, most of the rest weights.
    int most = random.nextBoolean() ? Math.min(bytes.length, 2000) : bytes.length;
    for (int i = random.nextInt(8); i >= 0; i--) {
      byte[] values = {(byte) random.nextInt(), 0, -1, 127, '9'};
      bytes[random.nextInt(most)] = values[random.nextInt(values.length)];
    }
    return bytes;
  }
}
