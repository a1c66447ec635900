package org.explain4j.experiments.inspection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Labelling;
import org.explain4j.api.Model;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.passes.Plan;
import org.explain4j.experiments.setup.Opening;
import org.explain4j.experiments.setup.Outputs;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.experiments.setup.Setup;

/** An experiment file for a model and data that were inspected. */
public final class Draft {
  private final Request request;
  private final Extensions extensions;
  private final Progress progress;
  private final List<String> unknown = new ArrayList<>();

  private Draft(Request request, Extensions extensions, Progress progress) {
    this.request = request;
    this.extensions = extensions;
    this.progress = progress;
  }

  /**
   * What is asked for.
   *
   * @param model that was read
   * @param file of the model
   * @param data a file or folder, or the id of a dataset
   * @param out the experiment file; it does not exist
   * @param settings of the model beside its path, in YAML: {@code output: logits}
   */
  public record Request(Model model, Path file, String data, Path out, List<String> settings) {
    public Request {
      settings = List.copyOf(settings);
    }
  }

  /**
   * What was written.
   *
   * @param found one sentence for each thing that was found out
   * @param unknown one sentence for each that was not
   * @param plan the passes over the data that the experiment will make
   */
  public record Written(List<String> found, List<String> unknown, String plan) {}

  /**
   * Writes the file, after it was read again as a run would read it.
   *
   * @throws ConfigurationException if model and data do not fit together
   * @throws IOException if something cannot be read or written
   */
  public static Written write(Request request, Extensions extensions, Progress progress)
      throws IOException {
    return new Draft(request, extensions, progress).write();
  }

  private Written write() throws IOException {
    Path base = ExperimentFile.base(request.out());
    Unlabelled unlabelled = Unlabelled.of(request, extensions);
    DatasetProvider provider =
        unlabelled.exists()
            ? unlabelled.unknown()
            : provider(request.data(), request.model().network().inputShape(), extensions);
    progress.begin("reading the data", 0, "");
    Dataset opened = Returned.from(provider, () -> provider.open(base));
    requireShape(opened);
    if (unlabelled.exists()) {
      progress.begin("predicting the classes", 0, "");
      DatasetProvider predicted = unlabelled.predicted(opened, request.model());
      unknown.add(
          "The images have no labels: "
              + unlabelled.name()
              + " has the network's own predictions, so the accuracy says nothing.");
      return write(predicted, predicted.open(base), Optional.empty());
    }
    progress.begin("trying how pixels are prepared", 0, "");
    Model model = request.model();
    int outputs = Math.toIntExact(model.network().classes());
    Dataset numbered = new Outputs(outputs, model.classNames()).renumber(opened).orElse(opened);
    boolean sorted = numbered.labelling() instanceof Labelling.Sorted;
    int classes = numbered.classNames().size();
    if (sorted && classes != outputs) {
      throw new ConfigurationException(
          "explain init",
          String.format(
              Locale.ROOT,
              "The data have %d classes, but the network has %d outputs.\nMaybe name the class folders as the network's classes, or write a file with the network's classes in their order, one per line, and set 'classes' of image-folder to it.",
              classes,
              outputs));
    }
    return write(
        provider,
        opened,
        Optional.of(
            new Trial(model.network(), model.preprocessing(), numbered.train(), sorted).run()));
  }

  private Written write(DatasetProvider provider, Dataset data, Optional<Trial.Finding> finding)
      throws IOException {
    Model model = model(data, finding);
    DraftText text =
        new DraftText(request, extensions, new DraftText.Opened(provider, data, model));
    Sizes sizes = Sizes.of(data, finding.map(Trial.Finding::seconds).orElse(0.01));
    DraftText.Measured measured = measured(data, finding);
    progress.begin("checking what fits into memory", 0, "");
    for (int batch : new int[] {100, 50, 20, 10, 5, 2, 1}) {
      String yaml = text.yaml(sizes.batch(batch), measured, List.of(), unknown);
      Setup setup = Opening.setup(parsed(yaml), data, model);
      List<String> tooLarge = text.tooLarge(setup);
      if (tooLarge.size() < model.network().linearNodes().size() || batch == 1) {
        yaml = text.yaml(sizes.batch(batch), measured, tooLarge, unknown);
        String plan = Plan.of(Opening.setup(parsed(yaml), data, model), (w, n) -> true).text();
        Files.writeString(request.out(), yaml);
        return new Written(measured.found(), unknown, plan);
      }
    }
    throw new IllegalStateException("a batch of 1 was tried");
  }

  /** The file's text as a run reads it. */
  private Experiment parsed(String yaml) throws IOException {
    Path trial = Files.createTempFile(ExperimentFile.base(request.out()), "explain-init", ".yaml");
    try {
      Files.writeString(trial, yaml);
      return ExperimentFile.read(trial, List.of(), extensions);
    } finally {
      Files.deleteIfExists(trial);
    }
  }

  /**
   * The shape of data that tell it by themselves, for models that leave it open; empty otherwise.
   *
   * @throws IOException if they cannot be read
   */
  public static List<Long> shape(String given, Extensions extensions) throws IOException {
    DatasetProvider provider = provider(given, List.of(), extensions);
    return Returned.from(provider, () -> provider.open(Path.of(""))).inputShape();
  }

  private static DatasetProvider provider(String given, List<Long> shape, Extensions extensions)
      throws IOException {
    Catalog<DatasetProvider> catalog = extensions.of(DatasetProvider.class);
    Path data = Path.of(given).toAbsolutePath().normalize();
    if (!Files.exists(data)) {
      if (catalog.ids().contains(given)) {
        return catalog.get(given);
      }
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: There is no such file or folder, nor a dataset of this name.%s\nDatasets: %s",
              given,
              Catalog.didYouMean(given, catalog.ids()),
              String.join(", ", catalog.ids())));
    }
    for (DatasetProvider provider : catalog.providers().values()) {
      Optional<DatasetProvider> reading = provider.reading(data, shape);
      if (reading.isPresent()) {
        return reading.get();
      }
    }
    throw new IOException(
        data
            + " holds no data that a dataset can read.\n"
            + "Maybe give a folder or zip archive of images in class folders, a .npz file with"
            + " examples and labels, or a folder of MNIST's or CIFAR-10's files.");
  }

  private void requireShape(Dataset data) {
    List<Long> shape = request.model().network().inputShape();
    if (!data.inputShape().equals(shape)) {
      throw new ConfigurationException(
          "explain init",
          String.format(
              Locale.ROOT,
              "The network takes inputs of shape %s, but %s has shape %s.\nMaybe choose other data.",
              shape,
              data.name(),
              data.inputShape()));
    }
  }

  private Model model(Dataset data, Optional<Trial.Finding> finding) {
    Model read = request.model();
    return new Model(
        read.network(),
        finding.map(Trial.Finding::preprocessing).orElse(read.preprocessing()),
        finding
            .flatMap(Trial.Finding::order)
            .map(order -> inOrder(data, order))
            .orElse(read.classNames()),
        read.fingerprint(),
        read.notes());
  }

  /** The keys of the data's classes in the order of the network's outputs. */
  private static List<String> inOrder(Dataset data, int[] order) {
    List<String> keys =
        data.labelling() instanceof Labelling.Sorted sorted ? sorted.keys() : data.classNames();
    String[] names = new String[order.length];
    IntStream.range(0, order.length).forEach(i -> names[order[i]] = keys.get(i));
    return List.of(names);
  }

  private DraftText.Measured measured(Dataset data, Optional<Trial.Finding> finding) {
    Model read = request.model();
    if (finding.isEmpty()) {
      unknown.add(
          "How pixels are prepared cannot be measured without labels; the model file states: "
              + read.preprocessing().text()
              + ".");
      return new DraftText.Measured(List.of(), false, List.of());
    }
    Trial.Finding found = finding.get();
    boolean prepared = !found.preprocessing().equals(read.preprocessing());
    List<String> said = new ArrayList<>();
    said.add(
        String.format(
            Locale.ROOT,
            "The network is right on %d of %d training images that were tried (%.1f %%).",
            found.right(),
            found.images(),
            100.0 * found.right() / found.images()));
    if (prepared) {
      said.add(
          String.format(
              Locale.ROOT,
              "Pixels are prepared as fits these images best: %s. With what the model file states"
                  + " (%s), %d were right.",
              found.preprocessing().text(),
              read.preprocessing().text(),
              found.before()));
    }
    if (found.order().isPresent()) {
      said.add(
          "The classes were given the network's order by what it predicts for their images: check"
              + " the names below.");
    }
    if (found.chance()) {
      unknown.add(
          "The network is right no more often than by guessing, whatever was tried: set"
              + " 'preprocessing', 'class-names' or 'classes', or give other data.");
    }
    boolean named =
        !read.classNames().isEmpty()
            || data.classNames().stream().anyMatch(name -> !name.matches("(class )?\\d+"));
    if (!named) {
      unknown.add("The names of the classes are in neither file: set 'class-names'.");
    }
    List<String> names = found.order().map(order -> inOrder(data, order)).orElse(List.of());
    return new DraftText.Measured(said, prepared, names);
  }
}
