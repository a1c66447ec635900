package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.inspection.Draft;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes an experiment file for a model and data, with comments: it inspects both.",
      "How pixels are prepared and how classes are numbered is measured where images have labels."
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description =
          "A folder or zip archive of images (in class folders, with a labels.csv, or without"
              + " labels), arrays (.npz, .npy), MNIST's or CIFAR-10's files, or the id of a dataset"
              + " that 'explain list datasets' shows.")
  private String data;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The file to write (default: MODEL's name with .yaml); it must not exist.")
  private Optional<Path> out = Optional.empty();

  @Mixin private ModelOptions options;
  @Mixin private Plugins plugins;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path target = out.orElseGet(() -> Path.of(stem(file) + ".yaml"));
    if (Files.exists(target)) {
      throw new ConfigurationException(
          "--out",
          target + " exists already.\nMaybe choose another name with --out, or remove it.");
    }
    Extensions extensions = plugins.load();
    Draft.Written written;
    try (TerminalProgress progress = Terminal.progress(spec)) {
      progress.begin("reading the network", 0, "");
      Model model = model(extensions);
      written =
          Draft.write(
              new Draft.Request(model, file, data, target, settings()), extensions, progress);
    }
    PrintWriter print = spec.commandLine().getOut();
    written.found().forEach(each -> print.println("found: " + each));
    written.unknown().forEach(each -> print.println("not found out: " + each));
    if (!Main.of(spec).isQuiet()) {
      print.print(written.plan());
    }
    print.println(target);
    print.flush();
    return 0;
  }

  /** A file that leaves the shape of its input open is read for that of the data. */
  private Model model(Extensions extensions) throws IOException {
    try {
      return options.read(extensions, file);
    } catch (IOException e) {
      if (!e.getMessage().contains("--input-shape")) {
        throw e;
      }
      List<Long> shape;
      try {
        shape = Draft.shape(data, extensions);
      } catch (IOException untold) {
        e.addSuppressed(untold);
        throw e;
      }
      return ModelReader.of(options.reader(extensions, file), file, shape);
    }
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 1 ? name : name.substring(0, dot);
  }

  /** What a model file does not say, but an option did. */
  private List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (!options.inputShape().isEmpty()) {
      settings.add("input-shape: " + options.inputShape());
    }
    if (!options.output().isEmpty()) {
      settings.add("output: '" + options.output().replace("'", "''") + "'");
    }
    return settings;
  }
}
