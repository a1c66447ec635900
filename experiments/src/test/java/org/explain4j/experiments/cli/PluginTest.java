package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.experiments.Experiments;
import org.explain4j.network.Network;
import org.explain4j.network.files.Checksum;
import org.explain4j.reports.runs.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** CONTRIBUTING's plug-in as a jar that is dropped into {@code plugins/}. */
final class PluginTest {
  private static final String EXPERIMENT =
      """
      name: plugged
      dataset: tiny-images
      model: tiny-network
      splits: {a: 20, b: 10, c: 10}
      estimators: [mean-difference]
      metrics: [hoyer-sparseness]
      explain: {images: 4}
      explainers: [{rect-grad: {percentile: 50}}, {pattern-net: {estimator: mean-difference}}]
      """;

  @TempDir private Path folder;

  private static Path main() {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    return root.resolve("plugin-example/src/it/plugin/src/main");
  }

  /** Compiles the plug-in's classes, of which a text is replaced, and packs them. */
  private void jar(String text, String replacement) throws Exception {
    List<Path> sources = new ArrayList<>();
    for (Path source : files(main().resolve("java"))) {
      sources.add(
          Files.writeString(
              folder.resolve(source.getFileName()),
              Files.readString(source).replace(text, replacement)));
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(sources, classes);
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    try (OutputStream out = Files.newOutputStream(plugins.resolve("my-methods.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Path content : List.of(classes, main().resolve("resources"))) {
        for (Path file : files(content)) {
          jar.putNextEntry(new JarEntry(content.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, jar);
          jar.closeEntry();
        }
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void compile(List<Path> sources, Path classes) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none");
      boolean compiled =
          compiler
              .getTask(
                  null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).isTrue();
    }
  }

  /** explain-api, explain-network and ND4J: a plug-in needs nothing else. */
  private static String classPath() throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> type : List.of(Explainer.class, Network.class, INDArray.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return places.stream().distinct().collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void itsServicesAreListedRunAndReported() throws Exception {
    jar("this(80)", "this(80)");
    Command list = Command.run(folder, "list");
    assertThat(list.output())
        .contains("rect-grad", "mean-difference", "hoyer-sparseness", "percentile: 80.0");

    Path file = Files.writeString(folder.resolve("plugged.yaml"), EXPERIMENT);
    Command run = Command.run(folder, "run", file.toString());
    assertThat(run.exitCode()).as(run.errors() + run.output()).isZero();
    Path out = folder.resolve("runs/plugged");
    assertThat(out.resolve("report/index.html"))
        .content()
        .contains("rect-grad", "mean-difference", "hoyer-sparseness");
    assertThat(out.resolve("explainers.csv")).content().contains("rect-grad,signal,percentile: 50");
    assertThat(out.resolve("patterns.csv")).content().contains("mean-difference,pre,dense");
    assertThat(out.resolve("scores.csv"))
        .content()
        .contains("hoyer-sparseness,complexity,sparseness,higher,rect-grad");
    assertThat(out.resolve("attributions/rect-grad.npy")).exists();
    String sha256 = Checksum.sha256().file(folder.resolve("plugins/my-methods.jar")).hex();
    assertThat(Files.readString(out.resolve("environment.json")).replaceAll("\\s", ""))
        .contains("\"plugins\":[{\"name\":\"my-methods.jar\",\"sha256\":\"" + sha256 + "\"}]");

    Path none = Files.createDirectory(folder.resolve("none"));
    Command without =
        Command.run(folder, "validate", file.toString(), "--plugins", none.toString());
    assertThat(without.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(without.errors()).contains("unknown estimator 'mean-difference'");
  }

  @Test
  void aRunFromJavaNamesTheJarsOfTheClassPathThatItTookExtensionsFrom() throws Exception {
    jar("this(80)", "this(80)");
    Path file = Files.writeString(folder.resolve("plugged.yaml"), EXPERIMENT);
    Path jar = folder.resolve("plugins/my-methods.jar");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = loader()) {
      thread.setContextClassLoader(loader);
      RunDirectory run = Experiments.run(file, folder.resolve("from-java"));
      assertThat(Files.readString(run.path().resolve("environment.json")))
          .contains("my-methods.jar", Checksum.sha256().file(jar).hex());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Its defaults are refused by its own constructor: the rest of the jar is there. */
  @Test
  void aProviderThatDoesNotLoadDisablesItselfOnly() throws Exception {
    jar("this(80)", "this(800)");
    Command list = Command.run(folder, "list", "explainers");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output()).contains("gradient").doesNotContain("rect-grad");
    assertThat(Command.run(folder, "list").output())
        .contains("mean-difference", "hoyer-sparseness");

    Path file = Files.writeString(folder.resolve("plugged.yaml"), EXPERIMENT);
    Command run = Command.run(folder, "validate", file.toString());
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors()).contains("unknown explainer 'rect-grad'");
  }

  @Test
  void jarsThatAreNoneDisableThemselvesOnly() throws Exception {
    jar("this(80)", "this(80)");
    Files.writeString(folder.resolve("plugins/a-text.jar"), "no archive");
    Command list = Command.run(folder, "list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output()).contains("rect-grad", "mean-difference", "hoyer-sparseness");
  }

  @Test
  void anExplainerWithoutAGroupIsLeftOut() throws Exception {
    jar("return Group.", "return Group.SIGNAL == null ? Group.FUNCTION : null; // Group.");
    Catalog<Explainer> catalog;
    try (URLClassLoader loader = loader()) {
      catalog = Catalog.of(Explainer.class, loader);
    }
    assertThat(catalog.providers()).doesNotContainKey("rect-grad").containsKey("gradient");
    assertThat(catalog.unusable())
        .containsExactly("my-methods.jar: com.example.RectGrad was left out: its group is null");
  }

  private URLClassLoader loader() throws IOException {
    URL jar = folder.resolve("plugins/my-methods.jar").toUri().toURL();
    return new URLClassLoader(new URL[] {jar}, Thread.currentThread().getContextClassLoader());
  }
}
