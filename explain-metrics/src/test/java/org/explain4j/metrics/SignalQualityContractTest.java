package org.explain4j.metrics;

import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.SignalQuality;
import org.explain4j.testkit.ExtensionContract;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every solver of rho of the catalog. */
@ParameterizedClass
@MethodSource("solvers")
class SignalQualityContractTest extends ExtensionContract<SignalQuality> {
  @Parameter SignalQuality solver;

  SignalQualityContractTest() {
    super(SignalQuality.class);
  }

  static Stream<SignalQuality> solvers() {
    return Catalog.of(SignalQuality.class).providers().values().stream();
  }

  @Override
  protected SignalQuality create() {
    return solver;
  }
}
