package org.explain4j.network.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumpyHeaderTest {
  private static NumpyHeader read(byte[] bytes) throws IOException {
    return NumpyHeader.read("x.npy", new ByteArrayInputStream(bytes));
  }

  @Test
  void writtenHeadersAreReadAndEndAtAMultipleOf64() throws IOException {
    byte[] bytes = NumpyHeader.of(4, 2, 3).bytes();
    assertThat(new String(bytes, 10, 60, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    assertThat(bytes).hasSize(128).endsWith(' ', '\n');
    NumpyHeader header = read(bytes);
    assertThat(header.type().description()).isEqualTo("<f4");
    assertThat(header.fortran()).isFalse();
    assertThat(header.shape()).containsExactly(2L, 3L);
    assertThat(header.size()).isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(bytes = {2, 3})
  void laterVersionsHaveALongerLength(byte version) throws IOException {
    byte[] text =
        "{'shape':(5,),'fortran_order':False,'descr':'>i2'}\n".getBytes(StandardCharsets.US_ASCII);
    byte[] bytes =
        ByteBuffer.allocate(12 + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', version, 0})
            .putInt(text.length)
            .put(text)
            .array();
    NumpyHeader header = read(bytes);
    assertThat(header.type().description()).isEqualTo(">i2");
    assertThat(header.size()).isEqualTo(bytes.length);
  }

  @Test
  void aHeaderOfGigabytesIsRefusedBeforeItIsRead() {
    byte[] bytes = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0, 0, 0, 0x7f};
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("x.npy claims a header of 2130706432 bytes.");
  }
}
