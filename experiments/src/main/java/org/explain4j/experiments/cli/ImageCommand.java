package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Problem;
import org.explain4j.experiments.pictures.ExplainedPicture;
import org.explain4j.experiments.pictures.ExplainedPicture.ExplainedClass;
import org.explain4j.experiments.pictures.ExplainedPicture.Explanation;
import org.explain4j.experiments.pictures.ExplainedPicture.Likely;
import org.explain4j.experiments.pictures.PictureJob;
import org.explain4j.experiments.pictures.PictureOptions;
import org.explain4j.experiments.results.JsonText;
import org.explain4j.experiments.stages.Place;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain image}. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    description = {
      "Explains pictures: which pixels speak for a class, and which against it.",
      "Without pictures and model it shows an example with what is shipped."
    })
final class ImageCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "PICTURE",
      description = "Picture files, folders of them, or patterns such as 'photos/*.jpg'.")
  private List<String> pictures = List.of();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A trained network (ONNX, Keras, DL4J); the one that is shipped if left out.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      completionCandidates = Candidates.Explainers.class,
      description =
          "An explainer as 'explain list explainers' shows it, or with settings as in an"
              + " experiment file: '{lrp-epsilon: {epsilon: 0.1}}'. May be repeated; a few that"
              + " need no data if left out.")
  private List<String> methods = List.of();

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "The class to explain, by name or number; the most probable one if left out.")
  private Optional<String> wanted = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "1",
      description = "Explains the N most probable classes (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--layer",
      paramLabel = "NODE",
      description =
          "Draws what arrives at the output of this node, summed over its channels, not at the"
              + " input; 'explain inspect' lists the nodes.")
  private String layer = "";

  @Option(
      names = "--reference",
      paramLabel = "DATA",
      description =
          "Pictures like those that the network was trained on, for pattern-net,"
              + " pattern-attribution and others that need data: a folder, a .npy or .npz array"
              + " [n,c,h,w] of pixels from 0 to 1, or moments that 'explain moments' wrote.")
  private Optional<Path> reference = Optional.empty();

  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description =
          "From pixels to the network's input, if the model file does not say:"
              + " imagenet-torch, imagenet-caffe, ..., or '{scale: 255, mean: [104, 117, 123]}'.")
  private Optional<String> preprocessing = Optional.empty();

  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Names of the classes, one per line in the network's order, or 'imagenet'.")
  private Optional<String> classes = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT",
      defaultValue = "explained",
      description =
          "Folder for the results, or the file of the picture, such as heat.png, whose name the"
              + " others begin with (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(names = "--nearest", description = "Keeps the network's pixels visible: no smoothing.")
  private boolean nearest;

  @Option(names = "--json", description = "Prints the results as JSON.")
  private boolean json;

  @Mixin private Plugins plugins;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    check();
    PictureJob.Asked asked =
        new PictureJob.Asked(
            pictures,
            model,
            preprocessing,
            modelOptions.inputShape(),
            modelOptions.output(),
            classes,
            methods,
            reference,
            new PictureOptions.Shown(wanted, top, layer, out, nearest));
    PictureJob.Outcome outcome;
    try (TerminalProgress progress = Terminal.progress(spec)) {
      outcome = PictureJob.run(asked, plugins.load(), Place.usualCache(), progress);
    }
    PrintWriter lines = spec.commandLine().getOut();
    if (json) {
      Main.of(spec).plain().println(JsonText.of(outcome));
    } else {
      print(lines, outcome);
    }
    lines.flush();
    outcome.failures().forEach(this::complain);
    return outcome.failures().isEmpty() ? 0 : Main.FAILED_CELLS;
  }

  private void check() {
    List<Problem> problems = new ArrayList<>();
    if (top < 1) {
      problems.add(
          new Problem("--top", String.format(Locale.ROOT, "(%d) must be at least 1", top)));
    }
    String lone = "is about a model file\nMaybe name it with --model, or leave this option out.";
    if (model.isEmpty() && preprocessing.isPresent()) {
      problems.add(new Problem("--preprocessing", lone));
    }
    if (model.isEmpty() && !modelOptions.inputShape().isEmpty()) {
      problems.add(new Problem("--input-shape", lone));
    }
    if (model.isEmpty() && !modelOptions.output().isEmpty()) {
      problems.add(new Problem("--output", lone));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void complain(String method, String reason) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.commandLine().getColorScheme().errorText(method + " failed: " + reason));
    err.flush();
  }

  private static void print(PrintWriter lines, PictureJob.Outcome outcome) {
    outcome.warnings().forEach(warning -> lines.println("warning: " + warning));
    outcome.notes().forEach(note -> lines.println("note: " + note));
    for (ExplainedPicture picture : outcome.pictures()) {
      lines.println(picture.picture() + "  " + size(picture));
      picture.likely().forEach(one -> lines.println(line(one)));
      for (ExplainedClass explained : picture.explained()) {
        List<String> shown = new ArrayList<>();
        int width =
            explained.explanations().stream().mapToInt(e -> e.method().length()).max().orElse(0);
        for (Explanation each : explained.explanations()) {
          shown.add(
              String.format(
                      Locale.ROOT,
                      "    %-" + Math.max(1, width) + "s  %s",
                      each.method(),
                      each.overlay())
                  + (each.remark().isEmpty() ? "" : "  (" + each.remark() + ")"));
        }
        lines.println("  explained: " + explained.of().name());
        shown.forEach(lines::println);
      }
    }
    lines.println(outcome.page());
  }

  private static String size(ExplainedPicture picture) {
    List<Integer> seen = picture.seen();
    boolean whole = seen.get(2) == picture.width() && seen.get(3) == picture.height();
    return String.format(Locale.ROOT, "%d x %d", picture.width(), picture.height())
        + (whole
            ? ""
            : String.format(
                Locale.ROOT, ", of which the network sees %d x %d", seen.get(2), seen.get(3)));
  }

  private static String line(Likely one) {
    return String.format(
        Locale.ROOT, "  %6.2f %%  %s (%d)", 100 * one.probability(), one.name(), one.index());
  }
}
