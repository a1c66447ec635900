package org.explain4j.reports;

import static org.explain4j.reports.SampleRun.csv;
import static org.explain4j.reports.SampleRun.line;

import java.util.ArrayList;
import java.util.List;

/** Made-up rho and patterns of a run. */
record SampleRho(SampleRun run) {
  void write() {
    List<String> rows = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    for (int layer = 0; layer < run.size().layers(); layer++) {
      for (String estimator : SampleRun.ESTIMATORS) {
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
    run.file(
        "signal-quality.csv",
        csv(
            "layer,layer_index,estimator,fit_on,target,solver,neurons,included,compared,mean,images_low,images_high,neurons_low,neurons_high,mean_included,mean_all,median,"
                + "q05,q25,q75,q95,mean_fitted,d,n_a,n_b,n_c,d_over_n,effective_n_a,effective_n_b,expected_from_sampling,ridge,dropped_inputs,leaking,steps,seconds,"
                + "converged,distance,gap_loss,gap_rho",
            rows));
    run.file(
        "rho-comparisons.csv",
        csv(
            "layer,layer_index,target,solver,estimator_a,estimator_b,compared,difference,low,high,"
                + "low90,high90,p_value,p_holm,effect,margin,verdict,better,groups",
            List.of(
                "conv2,1,pre,closed-form,filter,linear,48,-0.8,-0.82,-0.78,-0.81,-0.79,0.001,0.003,-1,0.01,better,linear,100",
                "conv2,1,pre,closed-form,linear,two-component,48,0.001,-0.004,0.006,-0.003,0.005,0.4,0.4,0.1,0.01,tie,,100")));
    run.file(
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
        layer == 1 ? 48 : 64,
        adam,
        adam - .015,
        adam + .012,
        adam - .05,
        adam + .04,
        adam + .001,
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
        60000.0,
        15000.0,
        .998 - .01 * layer,
        1e-6,
        isAdam ? "" : 3 * layer,
        isAdam ? "" : 0,
        isAdam ? "400" : "",
        isAdam ? 2.5 : .1,
        isAdam ? "1" : "",
        isAdam ? .003 : Double.NaN,
        isAdam ? .001 : Double.NaN,
        isAdam ? .004 : Double.NaN);
  }
}
