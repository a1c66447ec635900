package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Split;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.files.Reason;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Images that are decoded when they are asked for, on all processors. */
record StoredImages(Source source, List<Long> shape, List<Example> examples) implements Split {

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public INDArray inputs(int... indices) {
    int volume = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    float[] values = new float[Math.multiplyExact(indices.length, volume)];
    try (ImageStore.Session session = source.store().open()) {
      Workers.forEachOnProcessors(
          indices.length,
          i -> decode(session, examples.get(indices[i]).file(), values, i * volume));
    } catch (IOException e) {
      throw new UncheckedIOException("The images can no longer be read: " + Reason.of(e), e);
    }
    return Nd4j.create(
        values, new long[] {indices.length, shape.get(0), shape.get(1), shape.get(2)}, 'c');
  }

  private void decode(ImageStore.Session session, String file, float[] values, int at) {
    try {
      BufferedImage image = source.framing().frame(source.decode(session, file));
      if (image.getHeight() != shape.get(1) || image.getWidth() != shape.get(2)) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%d x %d pixels instead of %d x %d",
                image.getHeight(),
                image.getWidth(),
                shape.get(1),
                shape.get(2)));
      }
      source.framing().pixels(image, values, at);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT,
              "The image '%s' was readable at first but no longer is: %s",
              file,
              Reason.of(e)),
          e);
    }
  }

  @Override
  public Optional<INDArray> masks(int... indices) {
    if (source.masks() instanceof Masks.None) {
      return Optional.empty();
    }
    int plane = Math.toIntExact(shape.get(1) * shape.get(2));
    float[] values = new float[Math.multiplyExact(indices.length, plane)];
    try (ImageStore.Session session = source.store().open()) {
      Workers.forEachOnProcessors(
          indices.length, i -> mask(session, examples.get(indices[i]).file(), values, i * plane));
    } catch (IOException e) {
      throw new UncheckedIOException("The masks can no longer be read: " + Reason.of(e), e);
    }
    return Optional.of(
        Nd4j.create(values, new long[] {indices.length, shape.get(1), shape.get(2)}, 'c'));
  }

  private void mask(ImageStore.Session session, String file, float[] values, int at) {
    try {
      BufferedImage image = source.decode(session, file);
      Optional<Mask> mask = source.masks().of(file, image.getWidth(), image.getHeight());
      if (mask.isPresent()) {
        source.framing().pixels(mask.get(), values, at);
      } else {
        Arrays.fill(values, at, at + (int) (shape.get(1) * shape.get(2)), Float.NaN);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT,
              "The mask of '%s' was readable at first but no longer is: %s",
              file,
              Reason.of(e)),
          e);
    }
  }

  @Override
  public int[] labels(int... indices) {
    return IntStream.of(indices).map(i -> examples.get(i).label()).toArray();
  }

  @Override
  public String name(int index) {
    return examples.get(index).file();
  }
}
