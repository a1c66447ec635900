package org.explain4j.network.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * How a file can be known again: by its size and its checksum, which finds any damage of up to 32
 * neighbouring bits and misses other damage once in four billion times. It does not withstand an
 * attacker; {@link Checksum} does.
 *
 * @param bytes its size
 * @param crc32c its CRC32C, in eight lower-case hexadecimal digits
 */
public record FileSum(long bytes, String crc32c) {

  /**
   * The sum of a file as it is now.
   *
   * @throws IOException if it cannot be read
   */
  public static FileSum of(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
        bytes += read;
      }
    }
    return new FileSum(bytes, hex(sum));
  }

  /** The digits of a checksum. */
  static String hex(CRC32C sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
