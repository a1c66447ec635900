package org.explain4j.experiments.pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Attributions;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Model;
import org.explain4j.api.Photo;
import org.explain4j.api.Progress;
import org.explain4j.api.Subject;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.pictures.ExplainedPicture.ExplainedClass;
import org.explain4j.experiments.pictures.ExplainedPicture.Explanation;
import org.explain4j.experiments.pictures.ExplainedPicture.Likely;
import org.explain4j.experiments.pictures.MapFiles.Drawn;
import org.explain4j.experiments.results.Errors;
import org.explain4j.experiments.setup.ChannelOrder;
import org.explain4j.experiments.setup.LayerMessages;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.reports.PicturePage;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Cell;
import org.explain4j.reports.page.Numbers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Explains pictures one after another, writes the files, and a page with all of them. */
public final class PictureRun {
  /** Classes that are named for each picture. */
  private static final int NAMED = 5;

  private final Model model;
  private final Subject subject;
  private final ClassNames names;
  private final PictureOptions options;
  private final Progress progress;
  private final Map<Configured<Explainer>, Attributor> methods = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * @param names of the network's outputs
   */
  public PictureRun(
      Model model, Subject subject, ClassNames names, PictureOptions options, Progress progress) {
    this.model = model;
    this.subject = subject;
    this.names = names;
    this.options = options;
    this.progress = progress;
  }

  /** Reads a picture when its turn comes, so that memory does not grow with their number. */
  @FunctionalInterface
  public interface Source {
    Photo read(Path picture) throws IOException;
  }

  /** Why methods failed, by their labels. */
  public Map<String, String> failures() {
    return Map.copyOf(failures);
  }

  /**
   * Explains all pictures by all methods; a method that fails is left out of the rest.
   *
   * @param warnings what the page says first
   * @param notes what it says last
   * @return one entry per picture
   * @throws IOException if a picture cannot be read or a file not be written
   */
  public List<ExplainedPicture> run(
      List<Path> pictures, Source source, List<String> warnings, List<String> notes)
      throws IOException {
    bind();
    List<Configured<Explainer>> columns = List.copyOf(methods.keySet());
    OutputNames outputs = new OutputNames(options.shown().out());
    List<ExplainedPicture> explained = new ArrayList<>();
    List<PicturePage.Row> rows = new ArrayList<>();
    boolean coarse = false;
    for (Path picture : pictures) {
      progress.step(
          "pictures", explained.size(), pictures.size(), picture.getFileName().toString());
      Photo photo = source.read(picture);
      MapFiles files = MapFiles.of(photo, options.shown().nearest());
      coarse |= files.nearest();
      explained.add(
          explain(new Work(picture, photo, files, outputs, pictures.size() == 1), columns, rows));
    }
    progress.step("pictures", pictures.size(), pictures.size(), "");
    List<String> all = new ArrayList<>(warnings);
    failures.forEach((method, reason) -> all.add(method + " failed: " + reason));
    PicturePage.write(outputs.page(), options.network(), groups(columns), rows, all, notes, coarse);
    return explained;
  }

  /** The page that {@link #run} wrote. */
  public Path page() {
    return new OutputNames(options.shown().out()).page();
  }

  private void bind() {
    List<Configured<Explainer>> ordered = new ArrayList<>(options.methods());
    ordered.sort(Comparator.comparing(method -> method.extension().group()));
    for (Configured<Explainer> method : ordered) {
      progress.step("binding " + method.label(), 0, 1, "");
      guarded(
          method,
          () -> {
            Attributor bound =
                Returned.notNull(method.extension().bind(subject), method.extension());
            methods.put(
                method,
                options.shown().layer().isEmpty()
                    ? bound
                    : LayerMessages.of(bound, model.network(), options.shown().layer()));
          });
      progress.step("binding " + method.label(), 1, 1, "");
    }
  }

  /** Does what a method may fail at; what goes wrong with files ends the command instead. */
  private void guarded(Configured<Explainer> method, Runnable work) {
    try {
      work.run();
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      methods.remove(method);
      failures.put(method.label(), Errors.message(e));
    }
  }

  private static List<Block.GridGroup> groups(List<Configured<Explainer>> columns) {
    Map<Group, List<String>> labels = new LinkedHashMap<>();
    for (Configured<Explainer> method : columns) {
      labels
          .computeIfAbsent(method.extension().group(), group -> new ArrayList<>())
          .add(method.label());
    }
    return labels.entrySet().stream()
        .map(group -> new Block.GridGroup(KebabCase.of(group.getKey()), group.getValue()))
        .toList();
  }

  /**
   * One picture's turn.
   *
   * @param only whether it is the only picture
   */
  private record Work(
      Path picture, Photo photo, MapFiles files, OutputNames outputs, boolean only) {
    String title() {
      return picture.getFileName().toString();
    }
  }

  private ExplainedPicture explain(
      Work work, List<Configured<Explainer>> columns, List<PicturePage.Row> rows)
      throws IOException {
    Photo photo = work.photo();
    try (INDArray input = model.preprocessing().apply(photo.pixels())) {
      List<Likely> likely = likely(input, work.picture());
      List<Likely> wanted = wanted(likely);
      String name = work.outputs().of(work.picture());
      List<ExplainedClass> classes = new ArrayList<>();
      for (Likely one : wanted) {
        List<Explanation> explanations = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell(work.files().thumbnail(), work.title()));
        for (Configured<Explainer> method : columns) {
          boolean alone = work.only() && wanted.size() * options.methods().size() == 1;
          String number = wanted.size() == 1 ? "" : Integer.toString(one.index());
          Path overlay = work.outputs().overlay(alone, work.only(), name, number, method.label());
          Optional<Drawn> drawn = draw(work.files(), method, input, one, overlay);
          drawn.ifPresent(made -> explanations.add(made.files()));
          cells.add(drawn.map(PictureRun::cell).orElseGet(() -> failed(method)));
        }
        classes.add(new ExplainedClass(one, explanations));
        rows.add(
            new PicturePage.Row(
                work.picture().toString(), details(work.title(), likely, one), cells));
      }
      return new ExplainedPicture(
          work.picture().toString(),
          photo.image().getWidth(),
          photo.image().getHeight(),
          List.of(photo.part().x, photo.part().y, photo.part().width, photo.part().height),
          likely.subList(0, Math.min(NAMED, likely.size())),
          classes);
    }
  }

  /** Empty if the method fails, or has failed before. */
  private Optional<Drawn> draw(
      MapFiles files, Configured<Explainer> method, INDArray input, Likely one, Path overlay)
      throws IOException {
    Attributor bound = methods.get(method);
    if (bound == null) {
      return Optional.empty();
    }
    List<Attributions> made = new ArrayList<>();
    guarded(method, () -> made.add(attributions(method, bound, input, one.index())));
    if (made.isEmpty()) {
      return Optional.empty();
    }
    try (Attributions attributions = made.get(0)) {
      return Optional.of(files.write(method.label(), group(method), attributions, overlay));
    }
  }

  private Attributions attributions(
      Configured<Explainer> method, Attributor bound, INDArray input, int wanted) {
    Attributions attributions = bound.explain(input, new int[] {wanted});
    INDArray values = Returned.notNull(attributions.values(), method.extension());
    if (!options.shown().layer().isEmpty()) {
      Returned.attributions(values, method.extension(), values.shape());
      return attributions;
    }
    Returned.attributions(values, method.extension(), input.shape());
    return new Attributions(
        ChannelOrder.swap(values, model.preprocessing()), attributions.magnitudes());
  }

  private Group group(Configured<Explainer> method) {
    return options.shown().layer().isEmpty() ? method.extension().group() : Group.ATTRIBUTION;
  }

  private static Cell cell(Drawn made) {
    Explanation files = made.files();
    String text =
        files.method()
            + ", full colour at "
            + Numbers.measured(files.fullColour())
            + (files.remark().isEmpty() ? "" : ": " + files.remark());
    return new Cell(made.thumbnail(), text, made.link());
  }

  private Cell failed(Configured<Explainer> method) {
    return new Cell("", method.label() + " failed: " + failures.get(method.label()));
  }

  private List<Likely> likely(INDArray input, Path picture) throws IOException {
    double[] probabilities;
    try (INDArray soft = model.network().probabilities(input)) {
      probabilities = soft.toDoubleVector();
    }
    if (!Arrays.stream(probabilities).allMatch(Double::isFinite)) {
      throw new IOException(
          picture
              + ": The network's outputs are not finite.\nMaybe its preprocessing is another one: --preprocessing.");
    }
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .map(i -> new Likely(i, names.of(i), probabilities[i]))
        .toList();
  }

  private List<Likely> wanted(List<Likely> likely) {
    Optional<String> asked = options.shown().wanted();
    if (asked.isEmpty()) {
      return likely.subList(0, Math.min(options.shown().top(), likely.size()));
    }
    int index = names.index(asked.get(), likely.size());
    return likely.stream().filter(each -> each.index() == index).toList();
  }

  private static List<String> details(String title, List<Likely> likely, Likely explained) {
    List<String> details = new ArrayList<>();
    details.add(title);
    details.add("explained: " + line(explained));
    likely.stream()
        .limit(3)
        .filter(each -> !each.equals(explained))
        .forEach(each -> details.add(line(each)));
    return details;
  }

  private static String line(Likely one) {
    return one.name() + " (" + Numbers.percent(one.probability()) + ")";
  }
}
