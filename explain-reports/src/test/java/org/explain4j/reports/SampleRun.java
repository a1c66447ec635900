package org.explain4j.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Writes run directories with made-up numbers, as the runner would. */
record SampleRun(Path path, Size size) {

  /** How much of everything. */
  record Size(int images, int channels, int side, int layers, int methodsPerGroup, int points) {
    static final Size SMALL = new Size(3, 1, 8, 3, 2, 6);
    static final Size LARGE = new Size(40, 3, 96, 14, 9, 101);
  }

  static final List<String> ESTIMATORS =
      List.of("random", "identity", "filter", "linear", "two-component");

  /** A run with every file. */
  static SampleRun write(Path path, Size size) {
    SampleRun run = new SampleRun(path, size);
    run.environment();
    run.network();
    new SampleRho(run).write();
    run.images();
    run.explainers();
    new SampleMetrics(run).write();
    new SampleRecovery(run).write();
    run.rest();
    return run;
  }

  SampleRun file(String name, String text) {
    try {
      Path file = path.resolve(name);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SampleRun without(String name) {
    try {
      Files.delete(path.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes float32 in numpy's format, version 1.0. */
  SampleRun array(String name, float[] values, int... shape) {
    String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + ",), }".replace(",,", ",");
    byte[] text = (header + " ".repeat(118 - header.length() - 1) + "\n").getBytes(UTF_8);
    ByteBuffer file = ByteBuffer.allocate(10 + text.length + 4 * values.length);
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(UTF_8)).put((byte) 1).put((byte) 0);
    file.putShort((short) text.length).put(text);
    file.asFloatBuffer().put(values);
    try {
      Path target = path.resolve(name);
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.write(target, file.array());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An array of the images' shape. */
  private SampleRun array(String name, float[] values) {
    return array(name, values, size.images(), size.channels(), size.side(), size.side());
  }

  static String csv(String header, List<String> rows) {
    return header + "\n" + String.join("\n", rows) + "\n";
  }

  static String line(Object... fields) {
    List<String> texts = new ArrayList<>();
    for (Object field : fields) {
      texts.add(
          field instanceof Double d
              ? (d.isNaN() ? "" : String.format(Locale.ROOT, "%.6f", d))
              : String.valueOf(field));
    }
    return String.join(",", texts);
  }

  /** Labels of a group's methods. */
  List<String> methods(String group) {
    List<String> names =
        switch (group) {
          case "function" -> List.of("gradient", "smoothgrad", "smoothgrad-squared", "vargrad");
          case "signal" ->
              List.of("deconvnet", "guided-backprop", "pattern-net", "guided-pattern-net");
          default ->
              List.of(
                  "gradient-x-input",
                  "pattern-attribution",
                  "lrp-epsilon",
                  "integrated-gradients",
                  "lrp-alpha-beta",
                  "deep-taylor",
                  "occlusion",
                  "kernel-shap",
                  "prediction-difference");
        };
    return names.subList(0, Math.min(size.methodsPerGroup(), names.size()));
  }

  private void environment() {
    file(
        "environment.json",
        """
        {"experiment": "fashion-mnist", "started": "2026-01-31T12:00:00Z", "seconds": 123.4,
         "explain4j": "0.1.0", "git_commit": null, "java": "17.0.15", "os": "Linux amd64",
         "processors": 2, "backend": "CpuBackend", "blas": "OPENBLAS", "nd4j": "1.0.0-M2.1",
         "threads": 2, "max_heap": "4g", "max_off_heap": "12g", "seeds": {"experiment": 1},
         "dataset": {"name": "fashion-mnist",
           "sha256": "3f786850e387550fdab836ed7e6dc881de23001b8c9f0a1d2e3f4a5b6c7d8e9f",
           "classes": ["t-shirt", "trouser", "pullover"]},
         "splits": {"A": {"size": 8000, "sha256": "aa"}, "B": {"size": 2000, "sha256": "bb"},
           "C": {"size": 2000, "sha256": "cc"}},
         "model": {"name": "small-vgg", "sha256": "dd", "parameters": 117000, "accuracy": 0.884,
           "notes": ["soft-max removed"]}}
        """);
    file(
        "effective.yaml",
        """
        experiment: fashion-mnist
        seed: 1
        data: {provider: fashion-mnist, split: {a: 8000, b: 2000}}
        explainers:
          - gradient
          - pattern-attribution: {estimator: two-component}
        """);
  }

  private void network() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < size.layers(); i++) {
      rows.add(
          line("conv" + (i + 1), "convolution", i == 0 ? "input" : "relu" + i, "16x8x8", 2320));
      rows.add(line("relu" + (i + 1), "relu", "conv" + (i + 1), "16x8x8", 0));
    }
    file("network.csv", csv("node,kind,inputs,output_shape,parameters", rows));
  }

  private void images() {
    List<String> rows = new ArrayList<>();
    String[] names = {"t-shirt", "trouser", "ankle boot"};
    for (int i = 0; i < size.images(); i++) {
      int label = i % 3;
      int predicted = i % 5 == 4 ? (label + 1) % 3 : label;
      rows.add(
          line(
              i,
              "test-" + i,
              label,
              names[label],
              predicted,
              names[predicted],
              predicted,
              names[predicted],
              .5 + .4 / (1 + i)));
    }
    file(
        "images.csv",
        csv(
            "row,name,label,label_name,predicted,predicted_name,explained,explained_name,confidence",
            rows));
    array("images.npy", picture(1, true));
  }

  private float[] picture(long seed, boolean pixels) {
    SplittableRandom random = new SplittableRandom(seed);
    int side = size.side();
    float[] values = new float[size.images() * size.channels() * side * side];
    for (int i = 0; i < values.length; i++) {
      double y = i / side % side / (double) side - .5;
      double x = i % side / (double) side - .5;
      double blob = Math.exp(-12 * (x * x + y * y)) * Math.cos(seed * 5 * x + 3 * y);
      values[i] =
          (float)
              (pixels
                  ? Math.min(1, Math.max(0, .2 + blob + .1 * random.nextDouble()))
                  : blob + .3 * (random.nextDouble() - .5));
    }
    return values;
  }

  private void explainers() {
    List<String> rows = new ArrayList<>();
    long seed = 2;
    for (String group : List.of("function", "signal", "attribution")) {
      for (String method : methods(group)) {
        rows.add(line(method, method, group, "start=one", .5, 1.25, size.images(), "ok", ""));
        array("attributions/" + method + ".npy", picture(seed++, false));
      }
    }
    file(
        "explainers.csv",
        csv("explainer,id,group,settings,bind_seconds,seconds,images,status,error", rows));
    List<String> maps = new ArrayList<>();
    for (String estimator : ESTIMATORS) {
      maps.add(line(estimator, "map-" + estimator));
      array("attributions/map-" + estimator + ".npy", picture(seed++, false));
    }
    file("estimator-maps.csv", csv("estimator,explainer", maps));
  }

  private void rest() {
    file(
        "claims.csv",
        """
        claim,place,a,statement,value,low,high,p_holm,finding
        random-is-zero,"conv1, target pre",random,within 0.05 of 0: ρ,0.01,0.0,0.02,,supported
        random-is-zero,"conv1, target post",random,within 0.05 of 0: ρ,0.2,0.19,0.21,,contradicted
        signal-like-input,"input-similarity, ssim",pattern-net,above deconvnet: difference,0.1,-0.1,0.3,0.2,undecided
        """);
    file("timings.csv", "stage,seconds,reused\ntrain,61.25,false\nmoments-A,12.5,true\n");
    file(
        "failures.csv",
        """
        stage,cell,error
        attributions,occlusion,"The window (9) is larger than the image (8).
        Maybe set window to 4."
        """);
  }
}
