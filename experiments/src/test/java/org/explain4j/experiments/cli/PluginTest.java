package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar with an estimator and an explainer, dropped into {@code plugins/}. */
final class PluginTest {
  private static final String ESTIMATOR =
      """
      package sample;

      import org.explain4j.api.*;
      import org.explain4j.network.moments.LayerMoments;
      import org.explain4j.network.LinearLayer;
      import org.nd4j.linalg.api.ndarray.INDArray;

      public record Halved(double share) implements SignalEstimator {
        public Halved() {
          this(0.5);
        }

        public Halved {
          if (!(share > 0)) {
            throw new IllegalArgumentException("The share (" + share + ") must be above 0.");
          }
        }

        @Override public String id() { return "halved"; }

        @Override public String summary() { return "a sample estimator"; }

        @Override public RegressionTarget fitOn() { return RegressionTarget.PRE; }

        @Override
        public Patterns estimate(
            String name, LinearLayer layer, boolean logits, LayerMoments moments) {
          INDArray weights = moments.weights().mul(share);
          return Patterns.linear(moments.shaped(weights));
        }
      }
      """;

  private static final String EXPLAINER =
      """
      package sample;

      import org.explain4j.api.*;

      public record Doubled(double factor) implements Explainer {
        public Doubled() {
          this(2);
        }

        @Override public String id() { return "doubled"; }

        @Override public String summary() { return "a sample explainer"; }

        @Override public Group group() { return Group.ATTRIBUTION; }

        @Override
        public Attributor bind(Subject subject) {
          return (inputs, classes) -> inputs.mul(factor);
        }
      }
      """;

  private static final String EXPERIMENT =
      """
      name: plugged
      dataset: tiny-images
      model: tiny-network
      splits: {a: 20, b: 10, c: 10}
      estimators: [{halved: {share: 0.25}}]
      explain: {images: 4}
      explainers: [{doubled: {factor: 3}}, {pattern-net: {estimator: halved}}]
      """;

  @TempDir private Path folder;

  private void jar(String estimator) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> files =
        List.of(
            Files.writeString(sources.resolve("Halved.java"), estimator),
            Files.writeString(sources.resolve("Doubled.java"), EXPLAINER));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  null,
                  manager,
                  null,
                  List.of("-d", classes.toString(), "-cp", path, "-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(compiled).isTrue();
    }
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    try (OutputStream out = Files.newOutputStream(plugins.resolve("sample.jar"));
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path file : compiled.filter(Files::isRegularFile).toList()) {
        add(jar, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
      service(jar, "org.explain4j.api.SignalEstimator", "sample.Halved");
      service(jar, "org.explain4j.api.Explainer", "sample.Doubled");
    }
  }

  private static void service(JarOutputStream jar, String service, String provider)
      throws IOException {
    add(jar, "META-INF/services/" + service, provider.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  @Test
  void itsServicesAreListedRunAndReported() throws Exception {
    jar(ESTIMATOR);
    Command list = Command.run(folder, "list");
    assertThat(list.output()).contains("a sample estimator", "a sample explainer", "share: 0.5");

    Path file = Files.writeString(folder.resolve("plugged.yaml"), EXPERIMENT);
    Command run = Command.run(folder, "run", file.toString());
    assertThat(run.exitCode()).as(run.errors() + run.output()).isZero();
    Path out = folder.resolve("runs/plugged");
    assertThat(out.resolve("report/index.html")).content().contains("doubled", "halved");
    assertThat(out.resolve("explainers.csv")).content().contains("doubled,attribution,factor: 3.0");
    assertThat(out.resolve("patterns.csv")).content().contains("halved,pre,dense");
    assertThat(out.resolve("attributions/doubled.npy")).exists();

    Command without = Command.run(folder, "validate", file.toString(), "--plugins", "nowhere");
    assertThat(without.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(without.errors()).contains("unknown estimator 'halved'");
  }

  @Test
  void aBrokenJarIsAConfigurationError() throws Exception {
    jar(ESTIMATOR.replace("this(0.5)", "this(-1)"));
    Command list = Command.run(folder, "list", "estimators");
    assertThat(list.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(list.errors()).contains("sample.Halved", "plug-in").doesNotContain("\tat ");
  }
}
