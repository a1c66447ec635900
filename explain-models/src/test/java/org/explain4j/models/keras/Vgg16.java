package org.explain4j.models.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A file of VGG-16's size in the layout that Keras publishes, and a process that reads it. */
final class Vgg16 {
  private static final int[][] FILTERS = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };

  private Vgg16() {}

  /** 553 MB of random weights. */
  static void write(Path file) {
    SplittableRandom random = new SplittableRandom(1);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      List<String> names = new ArrayList<>();
      int channels = 3;
      for (int block = 1; block <= FILTERS.length; block++) {
        for (int i = 1; i <= FILTERS[block - 1].length; i++) {
          int filters = FILTERS[block - 1][i - 1];
          String name = "block" + block + "_conv" + i;
          names.add(name);
          layer(hdf, name, random, 3, 3, channels, filters);
          channels = filters;
        }
      }
      layer(hdf, "fc1", random, 25088, 4096);
      layer(hdf, "fc2", random, 4096, 4096);
      layer(hdf, "predictions", random, 4096, 1000);
      names.addAll(List.of("fc1", "fc2", "predictions"));
      hdf.putAttribute("layer_names", names.toArray(String[]::new));
    }
  }

  private static void layer(
      WritableHdfFile hdf, String name, SplittableRandom random, int... shape) {
    WritableGroup group = hdf.putGroup(name);
    group.putAttribute("weight_names", new String[] {name + "_W_1:0", name + "_b_1:0"});
    group.putDataset(name + "_W_1:0", filled(random, shape));
    group.putDataset(name + "_b_1:0", filled(random, shape[shape.length - 1]));
  }

  private static Object filled(SplittableRandom random, int... shape) {
    Object array = Array.newInstance(float.class, shape);
    fill(array, random);
    return array;
  }

  private static void fill(Object array, SplittableRandom random) {
    if (array instanceof float[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextDouble(-0.02, 0.02);
      }
    } else {
      for (Object inner : (Object[]) array) {
        fill(inner, random);
      }
    }
  }

  /**
   * Prints the milliseconds of a reading, the largest memory of the process in MB, and how far a
   * second reading's logits are from the first's.
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Nd4j.ones(1);
    long start = System.nanoTime();
    Network network = new KerasReader().read(file).network();
    long millis = (System.nanoTime() - start) / 1_000_000;
    long memory =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum()
            / 1024;
    INDArray image = Nd4j.ones(DataType.FLOAT, 1, 3, 224, 224);
    INDArray first = network.logits(image);
    network = null;
    INDArray second = new KerasReader().read(file).network().logits(image);
    System.out.println(
        String.join(
            " ",
            "" + millis,
            "" + memory,
            "" + first.sub(second).amaxNumber(),
            "" + first.stdNumber()));
  }
}
