package org.explain4j.models.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.hdf5.Exception;
import org.bytedeco.hdf5.IdComponent;
import org.bytedeco.javacpp.PointerScope;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.KerasSequentialModel;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.models.dl4j.Dl4jNetworks;
import org.explain4j.models.graph.Damage;
import org.explain4j.network.files.Checksum;

/**
 * HDF5 files (.h5) of Keras 1 and 2, Sequential and functional, as {@code model.save} writes them;
 * of weights alone with the architecture beside them (see {@link Architecture}).
 */
public record KerasReader() implements ModelReader {
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  @Override
  public String id() {
    return "keras";
  }

  @Override
  public String summary() {
    return "HDF5 files (.h5) of Keras 1 and 2, Sequential and functional";
  }

  @Override
  public boolean accepts(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(HDF5.length), HDF5);
    }
  }

  @Override
  public Model read(Path file, List<Long> inputShape) throws IOException {
    try {
      // HDF5 is not made for several threads, but the garbage collector's closes what DL4J leaves
      // open, in the middle of other calls. Here it is closed before the lock is given back. The
      // lock comes first: the scope would free what Hdf5Archive's class keeps for ever.
      synchronized (Hdf5Archive.LOCK_OBJECT) {
        Exception.dontPrint(); // traces of native calls, to the console
        try (PointerScope scope = ofHdf5()) {
          return model(file, inputShape);
        }
      }
    } catch (IllegalArgumentException | UnsupportedKerasConfigurationException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (IOException
        | InvalidKerasConfigurationException
        | RuntimeException
        | OutOfMemoryError
        | StackOverflowError e) {
      // Lengths and nesting in a damaged file know no limit; the memory was never taken.
      throw Damage.of(file, "Keras", e);
    } catch (LinkageError e) { // the first time an UnsatisfiedLinkError
      throw new IOException(
          file + ": there is no HDF5 library for this machine: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked") // the array of classes that the compiler makes
  private static PointerScope ofHdf5() {
    return new PointerScope(IdComponent.class);
  }

  private static Model model(Path file, List<Long> inputShape)
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    Architecture architecture = Architecture.of(file);
    Dl4jNetworks.Translated translated = translate(file, architecture, inputShape);
    List<String> notes = new ArrayList<>(architecture.notes());
    notes.addAll(translated.notes());
    return new Model(
        translated.network(),
        architecture.preprocessing(),
        List.of(),
        Checksum.sha256().file(file).hex(),
        notes);
  }

  private static Dl4jNetworks.Translated translate(
      Path file, Architecture architecture, List<Long> given)
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    try (KerasModelBuilder builder = architecture.builder(file)) {
      if (architecture.isSequential()) {
        KerasSequentialModel model = builder.buildSequential();
        return Dl4jNetworks.of(model.getMultiLayerNetwork(), inputShape(model, given));
      }
      KerasModel model = builder.buildModel();
      return Dl4jNetworks.of(model.getComputationGraph(), inputShape(model, given));
    }
  }

  /** Of the input layer, channels first; the given one where the file leaves it open. */
  private static List<Long> inputShape(KerasModel model, List<Long> given) {
    for (KerasLayer layer : model.getLayersOrdered()) {
      int[] stated = layer.getInputShape();
      if (stated == null || IntStream.of(stated).anyMatch(size -> size < 1)) {
        continue;
      }
      List<Long> shape = new ArrayList<>();
      IntStream.of(stated).forEach(size -> shape.add((long) size));
      if (shape.size() == 3 && layer.getDimOrder() != KerasLayer.DimOrder.THEANO) {
        shape.add(0, shape.remove(2));
      }
      return shape;
    }
    return given;
  }
}
