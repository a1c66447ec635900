package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.explain4j.experiments.configuration.Extensions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jars whose class cannot be loaded or used, one for each kind of extension and each fault: each is
 * named with its class and what is wrong, and everything else is as it would be without it.
 */
final class BadJarsTest {
  /** What is wrong with a class: its source, and what is said. */
  private enum Flaw {
    CONSTRUCTOR_THROWS(
        "record %s() { public %s { if (true) throw new java.util.NoSuchElementException(\"none\");"
            + " }",
        "NoSuchElementException: none"),
    INITIALISER_THROWS(
        "record %s() { static { if (true) throw new ArithmeticException(\"not today\"); }",
        "ArithmeticException: not today"),
    STACK_OVERFLOWS(
        "record %s() { static { new %s().hashCode(new Object[1]); }"
            + " int hashCode(Object[] o) { return 1 + hashCode(o); }",
        "StackOverflowError"),
    MISSING_CLASS(
        "record %s() { public %s { new Gone(); }", "NoClassDefFoundError: com/example/Gone"),
    MISSING_INTERFACE(
        "record %s() implements GoneToo, THE_KIND {", "NoClassDefFoundError: com/example/GoneToo"),
    NEWER_CLASS_FILE("record %s() {", "UnsupportedClassVersionError: com/example/"),
    SAME_ID("record %s() {", "has the same id 'THE_ID'"),
    NO_ID("record %s() {", "its id is null"),
    SETTING_OF_A_TYPE_THAT_NO_FILE_HAS(
        "record %s(Thread worker) { public %s() { this(new Thread()); }",
        "its setting 'worker' has a type (java.lang.Thread) that cannot be written in a file"),
    SETTING_WITHOUT_A_VALUE(
        "record %s(String word) { public %s() { this(null); }",
        "the default of its setting 'word' is null"),
    NO_CONSTRUCTOR_WITHOUT_ARGUMENTS(
        "record %s(int n) {", "it has no public constructor without arguments"),
    PRIVATE_CONSTRUCTOR(
        "class %s THE_KIND_IMPLEMENTED { private %s() {}",
        "it has no public constructor without arguments"),
    NO_RECORD("class %s THE_KIND_IMPLEMENTED {", "it is not a record"),
    ANOTHER_KIND("record %s() implements Runnable { public void run() {}", "it is no THE_KIND"),
    NO_SUCH_CLASS("", "ClassNotFoundException: com.example.");

    private final String source;
    private final String said;

    Flaw(String source, String said) {
      this.source = source;
      this.said = said;
    }
  }

  /** A kind of extension: its service, an id that is taken, and its own methods. */
  private enum Service {
    EXPLAINER(
        "Explainer",
        "gradient",
        "public Group group() { return Group.SIGNAL; }"
            + " public Attributor bind(Subject s) { return (x, c) -> x; }"),
    ESTIMATOR(
        "SignalEstimator",
        "linear",
        "public RegressionTarget fitOn() { return null; } public Patterns estimate(String n,"
            + " org.explain4j.network.LinearLayer l, boolean g,"
            + " org.explain4j.network.moments.LayerMoments m) { return null; }"),
    METRIC(
        "Metric",
        "degradation",
        "public String family() { return \"f\"; }"
            + " public Result evaluate(Evaluation e) { return null; }"),
    DATASET("DatasetProvider", "npy", "public Dataset open(java.nio.file.Path b) { return null; }"),
    READER(
        "ModelReader",
        "onnx",
        "public boolean accepts(java.nio.file.Path f) { throw new ArithmeticException(\"odd\"); }"
            + " public Model read(java.nio.file.Path f, java.util.List<Long> s) { return null; }");

    private final String service;
    private final String taken;
    private final String methods;

    Service(String service, String taken, String methods) {
      this.service = service;
      this.taken = taken;
      this.methods = methods;
    }
  }

  private static final byte NEWER = 120; // class files of Java 76

  @TempDir private static Path folder;

  private static String name(Service kind, Flaw flaw) {
    return "Bad" + kind.service + "_" + flaw;
  }

  private static String jar(Service kind, Flaw flaw) {
    return (kind + "-" + flaw).toLowerCase(Locale.ROOT).replace('_', '-') + ".jar";
  }

  private static String source(Service kind, Flaw flaw) {
    String name = name(kind, flaw);
    String implemented = "implements " + kind.service;
    String head = flaw.source.replace("%s", name).replace("THE_KIND_IMPLEMENTED", implemented);
    head = head.replace("THE_KIND", kind.service);
    if (!head.contains("implements")) {
      head = head.replaceFirst("\\{", implemented + " {");
    }
    String id =
        switch (flaw) {
          case SAME_ID -> "\"" + kind.taken + "\"";
          case NO_ID -> "null";
          default -> "\"" + name.toLowerCase(Locale.ROOT) + "\"";
        };
    return "package com.example; import org.explain4j.api.*; public "
        + head
        + " public String id() { return "
        + id
        + "; } public String summary() { return \"s\"; } "
        + (flaw == Flaw.ANOTHER_KIND ? "" : kind.methods)
        + " }";
  }

  /** A source file in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///com/example/" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static void compile(Path classes) throws IOException {
    List<Source> sources = new ArrayList<>();
    sources.add(new Source("Gone", "package com.example; class Gone {}"));
    sources.add(new Source("GoneToo", "package com.example; interface GoneToo {}"));
    for (Service kind : Service.values()) {
      for (Flaw flaw : Flaw.values()) {
        if (flaw != Flaw.NO_SUCH_CLASS) {
          sources.add(new Source(name(kind, flaw), source(kind, flaw)));
        }
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> options = List.of("-d", classes.toString(), "-cp", path, "-proc:none", "-nowarn");
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      assertThat(compiler.getTask(null, manager, null, options, null, sources).call()).isTrue();
    }
  }

  @BeforeAll
  static void makeJars() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    compile(classes);
    for (Service kind : Service.values()) {
      for (Flaw flaw : Flaw.values()) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        String name = "com/example/" + name(kind, flaw);
        if (flaw != Flaw.NO_SUCH_CLASS) {
          byte[] code = Files.readAllBytes(classes.resolve(name + ".class"));
          code[7] = flaw == Flaw.NEWER_CLASS_FILE ? NEWER : code[7];
          entries.put(name + ".class", code);
        }
        entries.put(
            "META-INF/services/org.explain4j.api." + kind.service,
            name.replace('/', '.').getBytes(StandardCharsets.UTF_8));
        Jars.pack(plugins.resolve(jar(kind, flaw)), entries);
      }
    }
    Files.writeString(plugins.resolve("a-text.jar"), "no archive");
    Files.writeString(plugins.resolve("empty.jar"), "");
    byte[] half = Files.readAllBytes(plugins.resolve(jar(Service.METRIC, Flaw.NO_ID)));
    Files.write(plugins.resolve("half.jar"), Arrays.copyOf(half, half.length / 2));
    Jars.pack(plugins.resolve("nothing.jar"), Map.of());
    String junk = "\u0000\u0001 not a class\n";
    Jars.pack(
        plugins.resolve("junk.jar"),
        Map.of(
            "META-INF/services/org.explain4j.api.Explainer",
            junk.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void eachIsNamedWithItsJarItsClassAndWhatIsWrong() throws IOException {
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("plugins"))) {
      for (Path file : files.sorted().toList()) {
        jars.add(file.toUri().toURL());
      }
    }
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    assertThat(Extensions.of(own).unusable()).isEmpty();
    Map<Class<?>, List<String>> without = ids(Extensions.of(own));
    try (URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), own)) {
      Extensions extensions = Extensions.of(loader);
      assertThat(ids(extensions)).isEqualTo(without);
      for (Service kind : Service.values()) {
        for (Flaw flaw : Flaw.values()) {
          String said = flaw.said.replace("THE_ID", kind.taken).replace("THE_KIND", kind.service);
          assertThat(extensions.unusable())
              .as(jar(kind, flaw))
              .filteredOn(text -> text.startsWith(jar(kind, flaw) + ": "))
              .singleElement()
              .asString()
              .contains("com.example." + name(kind, flaw) + " was left out: ", said);
        }
      }
      int all = Service.values().length * Flaw.values().length;
      assertThat(extensions.unusable()).hasSize(all + 1); // junk.jar
    }
  }

  private static Map<Class<?>, List<String>> ids(Extensions extensions) {
    Map<Class<?>, List<String>> ids = new LinkedHashMap<>();
    extensions.byType().forEach((type, catalog) -> ids.put(type, catalog.ids()));
    return ids;
  }

  @Test
  void listAndRunWorkBesideThemAll() throws Exception {
    Command list = Command.run(folder, "list");
    assertThat(list.exitCode()).as(list.errors()).isZero();
    assertThat(list.output()).contains("gradient", "degradation", "two-component", "onnx");
    assertThat(list.errors() + list.output())
        .contains("a-text.jar is not a readable jar", "half.jar is not a readable jar")
        .contains("empty.jar is not a readable jar", "nothing.jar is empty")
        .contains("junk.jar: ", "explainer-no-id.jar: com.example.BadExplainer")
        .doesNotContain("\tat ");
    String text =
        """
        name: beside
        dataset: tiny-images
        model: tiny-network
        splits: {a: 20, b: 10, c: 10}
        explain: {images: 4}
        estimators: [linear]
        explainers: [gradient]
        metrics: [brightness]
        """;
    Path file = Files.writeString(folder.resolve("beside.yaml"), text);
    Command run = Command.run(folder, "run", file.toString(), "--out", "beside");
    assertThat(run.exitCode()).as(run.errors()).isZero();
  }
}
