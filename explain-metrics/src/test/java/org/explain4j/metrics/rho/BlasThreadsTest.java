package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.openblas.global.openblas;
import org.explain4j.network.arrays.Workers;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class BlasThreadsTest {

  @Test
  void largeProductsGetTheThreadsThatAllArithmeticHas() {
    int before = Workers.limit();
    try {
      for (int threads : new int[] {1, 3}) {
        Workers.limit(threads);
        try (BlasThreads all = BlasThreads.all()) {
          assertThat(openblas.blas_get_num_threads()).isEqualTo(threads);
        }
      }
    } finally {
      Workers.limit(before);
    }
  }

  @Test
  void closingRestoresWhatWasSet() {
    Nd4j.getBackend(); // its start sets the threads
    int before = openblas.blas_get_num_threads();
    try {
      openblas.blas_set_num_threads(2);
      try (BlasThreads one = BlasThreads.one()) {
        assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
      }
      assertThat(openblas.blas_get_num_threads()).isEqualTo(2);
      openblas.blas_set_num_threads(Workers.limit() + 1);
      try (BlasThreads all = BlasThreads.all()) {
        assertThat(openblas.blas_get_num_threads()).isEqualTo(Workers.limit());
      }
      assertThat(openblas.blas_get_num_threads()).isEqualTo(Workers.limit() + 1);
    } finally {
      openblas.blas_set_num_threads(before);
    }
  }
}
