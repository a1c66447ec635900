package org.explain4j.network.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text files: UTF-8, with or without a byte-order mark. */
public final class Utf8 {
  private Utf8() {}

  /**
   * @param title of the file, for messages
   * @throws IOException if it is in another encoding; the message names the first line that shows
   *     this
   */
  public static String decode(String title, byte[] bytes) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (decoder.decode(in, out, true).isError()) {
      String before = out.flip().toString();
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s, line %d: the byte 0x%02X is not UTF-8.\nMaybe save the file with the encoding UTF-8.",
              title,
              1 + before.chars().filter(c -> c == '\n').count(),
              bytes[in.position()]));
    }
    String text = out.flip().toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
