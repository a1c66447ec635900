package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Model;
import org.explain4j.api.SignalEstimator;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.setup.Suitability;
import org.explain4j.experiments.setup.TableNames;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Applicability;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a trained network and prints its layers and which methods apply to it:",
      "exact is inside what the method's paper states; defined is beyond it, by the convention",
      "that is named; no is where the method refuses the network."
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A model file.")
  private Path file;

  @Mixin private ModelOptions options;

  @Option(names = "--no-methods", description = "Print the layers only.")
  private boolean layersOnly;

  @Mixin private Plugins plugins;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Extensions extensions = plugins.load();
    Model model;
    try (TerminalProgress progress = Terminal.progress(spec)) {
      progress.begin("reading the network", 0, "");
      model = options.read(extensions, file);
    }
    PrintWriter out = spec.commandLine().getOut();
    layers(out, model.network());
    out.println("preprocessing: " + model.preprocessing().text());
    model.notes().forEach(note -> out.println("note: " + note));
    out.printf(
        "%,d parameters, %d classes, sha256 %s%n",
        model.network().parameters(), model.network().classes(), model.fingerprint());
    out.flush();
    if (!layersOnly) {
      Network network = model.network();
      print(out, extensions, SignalEstimator.class, method -> method.applicability(network));
      print(out, extensions, Explainer.class, method -> method.applicability(network));
    }
    out.flush();
    return 0;
  }

  private static void layers(PrintWriter out, Network network) {
    Map<String, List<Long>> shapes = network.shapes();
    String row =
        "%%-%ds  %%-%ds  %%-14s  %%12s  %%s%%n"
            .formatted(width(5, network, Node::name), width(16, network, TableNames::layer));
    out.printf(row, "node", "layer", "output", "parameters", "inputs");
    out.printf(row, Network.INPUT, "", shape(network.inputShape()), "", "");
    for (Node node : network.nodes()) {
      String parameters =
          node.layer() instanceof LinearLayer linear
              ? "%,d".formatted(linear.weights().length() + linear.bias().length())
              : "";
      out.printf(
          row,
          node.name(),
          TableNames.layer(node),
          shape(shapes.get(node.name())),
          parameters,
          String.join(", ", node.inputs()));
    }
  }

  private static int width(int least, Network network, Function<Node, String> text) {
    return Math.max(
        least, network.nodes().stream().mapToInt(n -> text.apply(n).length()).max().orElseThrow());
  }

  private static String shape(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static <T extends Extension> void print(
      PrintWriter out, Extensions extensions, Class<T> service, Function<T, Applicability> of) {
    out.println(extensions.noun(service) + "s");
    int width = extensions.of(service).ids().stream().mapToInt(String::length).max().orElse(1);
    for (T method : extensions.of(service).providers().values()) {
      Applicability applicability =
          Suitability.answer(method, of)
              .orElseGet(() -> Applicability.no(method.getClass().getName() + " does not say"));
      String reason = applicability.isExact() ? "" : ": " + applicability.reason();
      out.printf(
          "  %-" + width + "s  %s%s%n",
          method.id(),
          KebabCase.of(applicability.level()),
          reason.replace("\n", " "));
    }
  }
}
