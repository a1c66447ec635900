package org.explain4j.experiments.tiny;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Attributions;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An explainer that fails in one of several ways. */
public record Broken(Way way) implements Explainer {

  /** How. */
  public enum Way {
    BIND,
    NOT_A_NUMBER,
    WRONG_SHAPE,
    MEMORY,
    BEYOND_FLOAT,
    /** Throws what is no exception. */
    ASSERTION,
    /** Doubles the network's weights. */
    WEIGHTS,
    /** Ends the process. */
    EXIT,
    /** Sleeps until it is interrupted. */
    SLEEPS,
    /** Goes on for ever, interrupted or not. */
    DEAF,
    /** Takes arrays until there is no more memory for them. */
    GREEDY,
    /** Takes memory that nobody counts, and keeps it until it is interrupted. */
    HIDDEN
  }

  private static final long HIDDEN_BYTES = 1_800_000_000;

  public Broken() {
    this(Way.BIND);
  }

  @Override
  public String id() {
    return "broken";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    return switch (way) {
      case BIND -> throw new IllegalArgumentException("Node 'dense' is not to my taste.");
      case NOT_A_NUMBER -> (inputs, classes) -> notANumber(inputs);
      case WRONG_SHAPE -> (inputs, classes) -> Nd4j.zeros(2, 2);
      case BEYOND_FLOAT -> Attributor.explaining((inputs, classes) -> firstDivided(inputs));
      case ASSERTION -> throw new AssertionError("One is not two.");
      case WEIGHTS -> {
        subject
            .network()
            .nodes()
            .forEach(
                node -> {
                  if (node.layer() instanceof LinearLayer linear) {
                    linear.weights().muli(2);
                  }
                });
        yield (inputs, classes) -> inputs.dup();
      }
      case EXIT -> {
        System.exit(0);
        yield (inputs, classes) -> inputs.dup();
      }
      case SLEEPS -> (inputs, classes) -> sleep(inputs);
      case DEAF -> {
        for (long i = 0; ; i++) {
          Thread.onSpinWait();
        }
      }
      case GREEDY -> {
        List<INDArray> arrays = new ArrayList<>();
        while (arrays.size() < 100) { // 25 GiB
          arrays.add(Nd4j.ones(DataType.FLOAT, 1 << 26));
        }
        yield (inputs, classes) -> inputs.dup();
      }
      case HIDDEN -> (inputs, classes) -> hide(inputs);
      case MEMORY -> throw new IllegalStateException(new OutOfMemoryError("off-heap"));
    };
  }

  private static Attributions firstDivided(INDArray inputs) {
    Attributions of = Attributions.of(inputs.dup());
    of.magnitudes()[0] = 40;
    return of;
  }

  private static INDArray sleep(INDArray inputs) {
    try {
      Thread.sleep(600_000);
      return inputs.dup();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a file of zeros that takes no room on the disk, 1.8 GB, through a mapping. */
  private static INDArray hide(INDArray inputs) {
    try {
      Path file = Files.createTempFile("hidden", ".bin");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        channel.write(ByteBuffer.allocate(1), HIDDEN_BYTES - 1);
        MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, HIDDEN_BYTES);
        mapped.load();
        return mapped.get(0) == 0 ? sleep(inputs) : inputs.dup();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static INDArray notANumber(INDArray inputs) {
    float[] values = new float[(int) inputs.length()];
    Arrays.fill(values, Float.NaN);
    return Nd4j.create(values, inputs.shape(), 'c');
  }
}
