package org.explain4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.DatasetProvider;
import org.explain4j.testkit.DatasetContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every dataset of the catalog, with its default settings and no file at hand. */
@ParameterizedClass
@MethodSource("datasets")
class DatasetContractTest extends DatasetContract {
  @Parameter DatasetProvider provider;

  static Stream<DatasetProvider> datasets() {
    return Catalog.of(DatasetProvider.class).providers().values().stream();
  }

  @Override
  protected DatasetProvider create() {
    return provider;
  }

  @Test
  void whatIsMissingIsSaidWithWhatToDo() {
    try {
      provider.open(base());
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("Maybe");
    }
  }
}
