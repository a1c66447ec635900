package org.explain4j.reports;

import static org.explain4j.reports.SampleRun.csv;
import static org.explain4j.reports.SampleRun.line;

import java.util.ArrayList;
import java.util.List;

/** Made-up signal recovery of a run. */
record SampleRecovery(SampleRun run) {
  void write() {
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
    run.file("signal-recovery.csv", csv("noise,angle,explainer,group,cosine,verdict", rows));
    run.file(
        "signal-recovery-weights.csv",
        csv("noise,angle,w1,w2,signal1,signal2,distractor1,distractor2", weights));
  }

  private void recovery(
      List<String> rows, String noise, double place, double cosine, boolean judged) {
    for (String group : List.of("function", "signal", "attribution")) {
      for (String method : run.methods(group)) {
        double c = method.contains("pattern") ? 1 : cosine;
        rows.add(line(noise, place, method, group, c, judged ? (c > .999 ? "PASS" : "FAIL") : ""));
      }
    }
  }
}
