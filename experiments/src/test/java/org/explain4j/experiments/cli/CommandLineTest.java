package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommandLineTest {

  private static Command run(String... arguments) {
    return Command.here(arguments);
  }

  @Test
  void everyKindIsListedWithSummariesAndSettings() {
    Command list = run("list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output())
        .contains("estimators", "explainers", "metrics", "solvers", "datasets", "models", "readers")
        .contains("two-component", "guided-backprop", "fashion-mnist", "fit-on: pre")
        .contains("[attribution]")
        .as("no YAML anchors where two settings are the same empty list")
        .contains("input-shape: [], class-names: []")
        .as("names for a setting that has no default")
        .contains("preprocessing: imagenet-torch | imagenet-caffe")
        .doesNotContain("&id");
    assertThat(run("list", "estimators").output())
        .contains("two-component")
        .doesNotContain("guided-backprop");
  }

  @Test
  void anUnknownKindIsRefusedWithTheNearest() {
    Command list = run("list", "explainer");
    assertThat(list.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(list.errors()).contains("Did you mean 'explainers'?");
  }

  @Test
  void helpNamesTheExitCodesAndVersionTheBuild() {
    assertThat(run("--help").output()).contains("Exit codes", "0", "1", "2", "3", "EXPLAIN4J_HEAP");
    assertThat(run("--version").output()).containsPattern("explain4j \\d+\\.\\d+");
    assertThat(run("nonsense").exitCode()).isEqualTo(Main.CONFIGURATION);
  }

  @Test
  void aMethodIsDescribedByItsOwnRules() {
    assertThat(run("describe", "guided-backprop").output())
        .contains("guided-backprop (explainer)", "group: signal")
        .containsPattern("ReLU +gradient, then relu")
        .containsPattern("dense +gradient");
    assertThat(run("describe", "lrp-epsilon").output())
        .containsPattern("ReLU +pass")
        .containsPattern("convolution +epsilon 1.0E-6");
    assertThat(run("describe", "linear").output()).contains("linear (estimator)", "fit-on: pre");
    assertThat(run("describe", "lrp-epsilonn").errors()).contains("Did you mean 'lrp-epsilon'?");
  }

  @Test
  void anUnknownDownloadAndAMissingModelAreRefused() {
    Command download = run("download", "mnit");
    assertThat(download.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(download.errors()).contains("Did you mean 'mnist'?");
    Command inspect = run("inspect", "nothing.onnx");
    assertThat(inspect.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(inspect.errors()).contains("nothing.onnx");
  }

  @Test
  void theShippedExperimentsAreValid() {
    String root = System.getProperty("explain4j.root", "..");
    for (String name : new String[] {"smoke", "linear-toy", "fashion-mnist"}) {
      Command validate = run("validate", root + "/experiments/" + name + ".yaml");
      assertThat(validate.exitCode()).as(validate.errors()).isZero();
      assertThat(validate.output()).contains("name: " + name);
    }
  }
}
