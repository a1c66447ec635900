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
    run.signalQuality();
    run.images();
    run.explainers();
    run.metrics();
    run.recovery();
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

  private static String csv(String header, List<String> rows) {
    return header + "\n" + String.join("\n", rows) + "\n";
  }

  private static String line(Object... fields) {
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

  private void signalQuality() {
    List<String> rows = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    for (int layer = 0; layer < size.layers(); layer++) {
      for (String estimator : ESTIMATORS) {
        for (String fit : List.of("pre", "post")) {
          boolean fitted = estimator.equals("linear") || estimator.equals("two-component");
          if (!fitted && fit.equals("post")) {
            continue;
          }
          patterns.add(line(estimator, fit, "conv" + (layer + 1), 64, 60, 3, 1, 62, 2, 0));
          for (String target : List.of("pre", "post")) {
            for (String solver : List.of("closed-form", "adam")) {
              rows.add(rho(layer, estimator, fit, target, solver));
            }
          }
        }
      }
    }
    file(
        "signal-quality.csv",
        csv(
            "layer,layer_index,estimator,fit_on,target,solver,neurons,included,mean,low,high,mean_all,median,"
                + "q05,q25,q75,q95,mean_fitted,d,n_a,n_b,n_c,d_over_n,floor,ridge,dropped_inputs,leaking,steps,seconds,"
                + "converged,gap_loss,gap_rho",
            rows));
    file(
        "patterns.csv",
        csv(
            "estimator,fit_on,layer,neurons,positive_fitted,positive_unoccupied,positive_vanishing,"
                + "negative_fitted,negative_unoccupied,negative_vanishing",
            patterns));
  }

  private String rho(int layer, String estimator, String fit, String target, String solver) {
    double mean =
        switch (estimator) {
          case "random" -> .01 + .002 * layer;
          case "identity" -> Double.NaN;
          case "filter" -> .1 / (1 + layer);
          case "linear" -> (fit.equals(target) ? .985 : .80) - .012 * layer;
          default -> (fit.equals(target) ? .99 : .62) - .02 * layer;
        };
    double adam = solver.equals("adam") ? mean - .004 : mean;
    boolean isAdam = solver.equals("adam");
    return line(
        "conv" + (layer + 1),
        layer,
        estimator,
        fit,
        target,
        solver,
        64,
        60,
        adam,
        adam - .015,
        adam + .012,
        adam - .01,
        adam + .01,
        adam - .2,
        adam - .05,
        adam + .02,
        adam + .03,
        adam + .002,
        144 * (layer + 1),
        512000,
        128000,
        128000,
        144.0 * (layer + 1) / 128000,
        .998 - .01 * layer,
        1e-6,
        isAdam ? "" : 3 * layer,
        isAdam ? "" : 0,
        isAdam ? "400" : "",
        isAdam ? 2.5 : .1,
        isAdam ? "true" : "",
        isAdam ? .001 : Double.NaN,
        isAdam ? .004 : Double.NaN);
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

  private void metrics() {
    List<String> curves = new ArrayList<>();
    List<String> scores = new ArrayList<>();
    List<String> pairs = new ArrayList<>();
    curve(curves, scores, "(baseline)", 1.0);
    for (String group : List.of("function", "signal", "attribution")) {
      List<String> methods = methods(group);
      for (int k = 0; k < methods.size(); k++) {
        curve(curves, scores, methods.get(k), group.equals("attribution") ? 1.8 - .2 * k : .8);
        for (int j = 0; j < k; j++) {
          pairs.add(
              line(
                  "degradation",
                  "morf-mean",
                  group,
                  methods.get(j),
                  methods.get(k),
                  -.04,
                  -.06,
                  -.02,
                  .0001,
                  size.images()));
        }
      }
    }
    file("curves.csv", csv("metric,curve,explainer,point,x,mean,low,high,images", curves));
    file(
        "curve-axes.csv",
        """
        metric,curve,x_label,y_label
        degradation,morf,patches replaced (most relevant first),probability of the class
        degradation,lerf,patches replaced (least relevant first),probability of the class
        """);
    file(
        "scores.csv",
        csv("metric,family,score,direction,explainer,mean,low,high,images,missing", scores));
    file(
        "comparisons.csv",
        csv(
            "metric,score,group,explainer_a,explainer_b,difference,low,high,p_value,images",
            pairs));
    file("notes.csv", "metric,key,value\ndegradation,patch,4 x 4\ndegradation,ragged,none\n");
  }

  private void curve(List<String> curves, List<String> scores, String label, double speed) {
    for (String curve : List.of("morf", "lerf")) {
      double rate = curve.equals("morf") ? speed : 1 / speed;
      double sum = 0;
      for (int i = 0; i < size.points(); i++) {
        double y = .1 + .8 * Math.exp(-3 * rate * i / size.points());
        sum += y / size.points();
        curves.add(
            line("degradation", curve, label, i, (double) i, y, y - .03, y + .03, size.images()));
      }
      scores.add(
          line(
              "degradation",
              "degradation",
              curve + "-mean",
              curve.equals("morf") ? "lower" : "higher",
              label,
              sum,
              sum - .02,
              sum + .02,
              size.images(),
              0));
    }
  }

  private void recovery() {
    List<String> rows = new ArrayList<>();
    List<String> weights = new ArrayList<>();
    for (int angle = 15; angle <= 165; angle += 30) {
      double a = Math.toRadians(angle);
      double w2 = -1 / Math.tan(a);
      weights.add(line("distractor", angle, 1.0, w2, 1.0, 0.0, Math.cos(a), Math.sin(a)));
      recovery(rows, "distractor", angle, 1 / Math.hypot(1, w2), angle == 45);
    }
    for (double level : new double[] {.1, .3, 1, 3}) {
      weights.add(line("isotropic", level, 1 / (1 + level), -.001, 1.0, 0.0, 0.0, 0.0));
      recovery(rows, "isotropic", level, .999, false);
    }
    file("signal-recovery.csv", csv("noise,angle,explainer,group,cosine,verdict", rows));
    file(
        "signal-recovery-weights.csv",
        csv("noise,angle,w1,w2,signal1,signal2,distractor1,distractor2", weights));
  }

  private void recovery(
      List<String> rows, String noise, double place, double cosine, boolean judged) {
    for (String group : List.of("function", "signal", "attribution")) {
      for (String method : methods(group)) {
        double c = method.contains("pattern") ? 1 : cosine;
        rows.add(line(noise, place, method, group, c, judged ? (c > .999 ? "PASS" : "FAIL") : ""));
      }
    }
  }

  private void rest() {
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
