package org.explain4j.reports;

import static org.explain4j.reports.SampleRun.csv;
import static org.explain4j.reports.SampleRun.line;

import java.util.ArrayList;
import java.util.List;

/** Made-up curves, scores and comparisons of a run. */
record SampleMetrics(SampleRun run) {
  void write() {
    List<String> curves = new ArrayList<>();
    List<String> scores = new ArrayList<>();
    List<String> pairs = new ArrayList<>();
    curve(curves, scores, "(baseline)", 1.0);
    for (String group : List.of("function", "signal", "attribution")) {
      List<String> methods = run.methods(group);
      for (int k = 0; k < methods.size(); k++) {
        curve(curves, scores, methods.get(k), group.equals("attribution") ? 1.8 - .2 * k : .8);
        for (int j = 0; j < k; j++) {
          pairs.add(pair(group, methods.get(j), methods.get(k), "better", methods.get(j)));
        }
        pairs.add(
            switch (group) {
              case "function" -> pair(group, methods.get(k), "(baseline)", "undecided", "");
              case "signal" -> pair(group, methods.get(k), "(baseline)", "better", "(baseline)");
              default -> pair(group, methods.get(k), "(baseline)", "better", methods.get(k));
            });
      }
    }
    run.file("curves.csv", csv("metric,curve,explainer,point,x,mean,low,high,images", curves));
    run.file(
        "curve-axes.csv",
        """
        metric,curve,x_label,y_label
        degradation,morf,patches replaced (most relevant first),probability of the class
        degradation,lerf,patches replaced (least relevant first),probability of the class
        """);
    run.file(
        "scores.csv",
        csv("metric,family,score,direction,explainer,mean,low,high,images,missing", scores));
    run.file(
        "comparisons.csv",
        csv(
            "metric,score,group,explainer_a,explainer_b,difference,low,high,low90,high90,p_value,"
                + "p_holm,effect,margin,verdict,better,images,missing",
            pairs));
    run.file("notes.csv", "metric,key,value\ndegradation,patch,4 x 4\ndegradation,ragged,none\n");
  }

  private static String pair(String group, String a, String b, String verdict, String better) {
    return line(
        "degradation",
        "morf-mean",
        group,
        a,
        b,
        -.04,
        -.06,
        -.02,
        -.057,
        -.023,
        .0001,
        .0012,
        -.3,
        .02,
        verdict,
        better,
        64,
        0);
  }

  private void curve(List<String> curves, List<String> scores, String label, double speed) {
    for (String curve : List.of("morf", "lerf")) {
      double rate = curve.equals("morf") ? speed : 1 / speed;
      double sum = 0;
      for (int i = 0; i < run.size().points(); i++) {
        double y = .1 + .8 * Math.exp(-3 * rate * i / run.size().points());
        sum += y / run.size().points();
        curves.add(
            line(
                "degradation",
                curve,
                label,
                i,
                (double) i,
                y,
                y - .03,
                y + .03,
                run.size().images()));
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
              run.size().images(),
              0));
    }
  }
}
