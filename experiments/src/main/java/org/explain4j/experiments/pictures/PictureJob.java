package org.explain4j.experiments.pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Explainer;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.Photo;
import org.explain4j.api.PictureReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Progress;
import org.explain4j.api.Split;
import org.explain4j.api.Subject;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.ExperimentFile.Assignment;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.experiments.setup.Suitability;
import org.explain4j.network.Network;

/** From what a user asks of {@code explain image} to its files. */
public final class PictureJob {
  /** Methods of each group that need no data and look at one picture in moments. */
  public static final List<String> USUAL =
      List.of(
          "gradient", "guided-backprop", "grad-cam", "integrated-gradients", "lrp-epsilon-plus");

  /** Added where there are data. */
  private static final List<String> OF_PATTERNS = List.of("pattern-net", "pattern-attribution");

  private static final String SHIPPED_DATA = "fashion-mnist";
  private static final String SHIPPED_MODEL = "pretrained";
  private static final int SHIPPED_REFERENCE = 2000;

  private final Asked asked;
  private final Extensions extensions;
  private final PictureFiles files;
  private final List<String> notes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private PictureJob(Asked asked, Extensions extensions) {
    this.asked = asked;
    this.extensions = extensions;
    this.files = new PictureFiles(extensions.of(PictureReader.class));
  }

  /**
   * What a user asks for; texts are as they were typed.
   *
   * @param pictures files, folders or patterns
   * @param model a file
   * @param preprocessing a name, or settings in YAML
   * @param inputShape of one input, where the model leaves it open
   * @param output that is explained, of several; empty for the first
   * @param classes a file with their names
   * @param methods ids, or settings in YAML
   * @param reference where pictures of the training data are
   */
  public record Asked(
      List<String> pictures,
      Optional<String> model,
      Optional<String> preprocessing,
      List<Long> inputShape,
      String output,
      Optional<String> classes,
      List<String> methods,
      Optional<Path> reference,
      PictureOptions.Shown shown) {
    public Asked {
      pictures = List.copyOf(pictures);
      inputShape = List.copyOf(inputShape);
      methods = List.copyOf(methods);
    }
  }

  /**
   * What came of it.
   *
   * @param failures why methods failed, by label
   */
  public record Outcome(
      List<ExplainedPicture> pictures,
      Map<String, String> failures,
      List<String> warnings,
      List<String> notes,
      String page) {}

  /**
   * Does all of it.
   *
   * @param cache where moments are kept
   * @throws org.explain4j.experiments.configuration.ConfigurationException with every problem of
   *     the options
   * @throws IOException if something cannot be read or written; the message names it
   */
  public static Outcome run(Asked asked, Extensions extensions, Path cache, Progress progress)
      throws IOException {
    return new PictureJob(asked, extensions).run(cache, progress);
  }

  private Outcome run(Path cache, Progress progress) throws IOException {
    Experiment experiment = experiment();
    Optional<Dataset> shipped = shipped();
    Model model = model(experiment, cache, progress);
    ClassNames names = names(model, shipped);
    Optional<Reference> reference = reference(model, shipped, cache, progress);
    List<Path> pictures =
        asked.pictures().isEmpty() ? List.of(example()) : files.find(asked.pictures());
    requireApart(pictures);
    PictureRun run =
        new PictureRun(
            model,
            reference.map(Reference::subject).orElseGet(() -> Subject.of(model.network())),
            names,
            new PictureOptions(
                asked
                    .model()
                    .map(file -> Path.of(file).getFileName().toString())
                    .orElse("the shipped network"),
                asked.methods().isEmpty()
                    ? suitable(experiment.explainers(), model.network())
                    : experiment.explainers(),
                asked.shown()),
            progress);
    List<ExplainedPicture> explained =
        run.run(pictures, picture -> read(picture, model, shipped), warnings, notes);
    return new Outcome(explained, run.failures(), warnings, notes, run.page().toString());
  }

  private void requireApart(List<Path> pictures) {
    Path out = asked.shown().out().toAbsolutePath().normalize();
    if (pictures.stream().anyMatch(each -> each.toAbsolutePath().normalize().equals(out))) {
      throw new ConfigurationException(
          "--out", "is one of the pictures, and would be lost\nMaybe give another name.");
    }
  }

  private boolean isExample() {
    return asked.model().isEmpty();
  }

  /** The model and methods, with every problem in what was typed. */
  private Experiment experiment() {
    Map<String, Assignment> options = new LinkedHashMap<>();
    if (isExample()) {
      options.put("model", new Assignment("--model", SHIPPED_MODEL));
      notes.add(
          "No --model was given: the network is the one that is shipped, which knows ten kinds of"
              + " clothes.");
    } else {
      options.put("model.file.path", new Assignment("--model", quoted(asked.model().get())));
      asked
          .preprocessing()
          .ifPresent(
              text ->
                  options.put("model.file.preprocessing", new Assignment("--preprocessing", text)));
      if (!asked.inputShape().isEmpty()) {
        options.put(
            "model.file.input-shape",
            new Assignment("--input-shape", asked.inputShape().toString()));
      }
      if (!asked.output().isEmpty()) {
        options.put("model.file.output", new Assignment("--output", quoted(asked.output())));
      }
    }
    options.put("explainers", new Assignment("--method", methods().toString()));
    options.put("name", new Assignment("--out", "image"));
    return ExperimentFile.of(options, Path.of("").toAbsolutePath(), extensions);
  }

  private List<String> methods() {
    if (!asked.methods().isEmpty()) {
      return asked.methods();
    }
    boolean data = isExample() || asked.reference().isPresent();
    List<String> methods = new ArrayList<>(USUAL);
    if (data) {
      methods.addAll(OF_PATTERNS);
    } else {
      notes.add(
          "No --method was given: these need no data. With --reference, pictures like those of the"
              + " training, pattern-net and pattern-attribution are added.");
    }
    if (!asked.shown().layer().isEmpty()) {
      methods.removeAll(List.of("grad-cam", "integrated-gradients"));
    }
    return methods;
  }

  /** Those that do not refuse the network: nobody asked for the others. */
  private static List<Configured<Explainer>> suitable(
      List<Configured<Explainer>> usual, Network network) {
    return usual.stream()
        .filter(
            method ->
                Suitability.answer(method.extension(), each -> each.applicability(network))
                    .filter(answer -> !answer.isRefused())
                    .isPresent())
        .toList();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private Optional<Dataset> shipped() throws IOException {
    if (!isExample()) {
      return Optional.empty();
    }
    DatasetProvider provider = extensions.of(DatasetProvider.class).get(SHIPPED_DATA);
    return Optional.of(provider.open(Path.of("")));
  }

  private Model model(Experiment experiment, Path cache, Progress progress) throws IOException {
    ModelProvider provider = experiment.model().orElseThrow();
    progress.begin("reading the network", 0, "");
    Split none = new NoImages();
    Dataset unknown = new Dataset("pictures", List.of(), List.of(), none, none, "");
    Model model =
        Returned.from(
            provider,
            () ->
                provider.provide(
                    new ModelProvider.Request(
                        unknown, Path.of("").toAbsolutePath(), cache, progress)));
    notes.addAll(model.notes());
    if (model.preprocessing().equals(Preprocessing.none())
        && asked.preprocessing().isEmpty()
        && !isExample()) {
      warnings.add(
          "The model file does not say how pixels are prepared, so they go in as they are, from 0"
              + " to 1. If the classes below are wrong, give --preprocessing: "
              + String.join(", ", Preprocessing.names())
              + ".");
    } else {
      notes.add("Preprocessing: " + model.preprocessing().text() + ".");
    }
    return model;
  }

  private ClassNames names(Model model, Optional<Dataset> shipped) throws IOException {
    ClassNames names =
        asked.classes().isPresent()
            ? ClassNames.read(asked.classes().get())
            : new ClassNames(
                model.classNames().isEmpty()
                    ? shipped.map(Dataset::classNames).orElse(List.of())
                    : model.classNames());
    long outputs = model.network().classes();
    if (!names.names().isEmpty() && names.names().size() != outputs) {
      throw new IOException(
          "There are names for "
              + names.names().size()
              + " classes, but the network has "
              + outputs
              + " outputs.\nMaybe give one name for each output with --classes.");
    }
    if (names.names().isEmpty()) {
      notes.add(
          "The classes have no names; give them with --classes FILE"
              + (outputs == 1000 ? ", or --classes imagenet." : "."));
    }
    return names;
  }

  private Optional<Reference> reference(
      Model model, Optional<Dataset> shipped, Path cache, Progress progress) throws IOException {
    Optional<Reference> reference = Optional.empty();
    if (asked.reference().isPresent()) {
      reference = Optional.of(Reference.of(asked.reference().get(), model, files, cache, progress));
    } else if (shipped.isPresent()) {
      ReferencePictures pictures = ReferencePictures.of(shipped.get(), SHIPPED_REFERENCE);
      reference = Optional.of(new Reference(model, cache, progress, Optional.of(pictures)));
    }
    reference.flatMap(Reference::warning).ifPresent(warnings::add);
    return reference;
  }

  /** The name under which the shipped picture goes. */
  private static Path example() {
    return Path.of("example.png");
  }

  private Photo read(Path picture, Model model, Optional<Dataset> shipped) throws IOException {
    if (asked.pictures().isEmpty() && shipped.isPresent()) {
      return ShippedPicture.of(shipped.get());
    }
    return files.read(picture, model.network().inputShape());
  }
}
