package org.explain4j.datasets.folder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parts that image files consist of: JPEG's markers up to the first scan, PNG's and WebP's
 * chunks. Of a damaged file, those before the damage; of other formats, none.
 */
record Segments(byte[] file, List<Segment> all) {
  private static final String PNG = "\u0089PNG\r\n\u001a\n";
  private static final int START_OF_SCAN = 0xda;
  private static final int ICC_FLAG = 0x20;

  /**
   * @param kind {@code ff}-marker of JPEG in hexadecimal ({@code e1}), or the chunk's name
   * @param start of its content
   */
  record Segment(String kind, int start, int length) {}

  static Segments of(byte[] file) {
    List<Segment> all = new ArrayList<>();
    if (starts(file, 0, "\u00ff\u00d8")) {
      jpeg(file, all);
    } else if (starts(file, 0, PNG)) {
      chunks(file, PNG.length(), false, all);
    } else if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
      chunks(file, 12, true, all);
    }
    return new Segments(file, all);
  }

  private static void jpeg(byte[] file, List<Segment> all) {
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
      int marker = file[at + 1] & 0xff;
      if (marker == 0xff) {
        at++;
        continue;
      }
      int length = ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff)) - 2;
      if (marker == START_OF_SCAN || length < 0 || at + 4 + length > file.length) {
        return;
      }
      all.add(new Segment(Integer.toHexString(marker), at + 4, length));
      at += 4 + length;
    }
  }

  /** PNG: length, name, content, checksum; WebP (RIFF): name, length, content, even. */
  private static void chunks(byte[] file, int from, boolean riff, List<Segment> all) {
    ByteBuffer bytes =
        ByteBuffer.wrap(file).order(riff ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int at = from;
    while (at + 8 <= file.length) {
      int length = bytes.getInt(riff ? at + 4 : at);
      if (length < 0 || length > file.length - at - 8) {
        return;
      }
      all.add(new Segment(text(file, riff ? at : at + 4, 4), at + 8, length));
      at += 8 + length + (riff ? length % 2 : 4);
    }
  }

  /**
   * The file without its colour profile: JPEG's and WebP's readers would apply it. PNG's and TIFF's
   * do not.
   */
  byte[] withoutProfile() {
    byte[] copy = file.clone();
    for (Segment segment : all) {
      if (segment.kind().equals("e2") && starts(file, segment.start(), "ICC_PROFILE")) {
        copy[segment.start()] = 'x';
      } else if (segment.kind().equals("ICCP")) {
        copy[segment.start() - 8] = 'x';
      } else if (segment.kind().equals("VP8X") && segment.length() > 0) {
        copy[segment.start()] &= ~ICC_FLAG;
      }
    }
    return copy;
  }

  /** EXIF data, which have the form of a TIFF file; a TIFF file is its own. */
  Optional<byte[]> exif() {
    if (starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")) {
      return Optional.of(file);
    }
    for (Segment segment : all) {
      boolean jpeg = segment.kind().equals("e1") && starts(file, segment.start(), "Exif\0\0");
      if (jpeg || segment.kind().equals("eXIf") || segment.kind().equals("EXIF")) {
        // Some WebP writers keep JPEG's prefix.
        int skip = starts(file, segment.start(), "Exif\0\0") ? 6 : 0;
        int end = segment.start() + segment.length();
        return Optional.of(Arrays.copyOfRange(file, segment.start() + skip, end));
      }
    }
    return Optional.empty();
  }

  /** Whether a JPEG has four inks. */
  boolean hasInks() {
    return all.stream()
        .filter(s -> s.kind().matches("c[0-35-79-bd-f]") && s.length() > 5)
        .anyMatch(s -> file[s.start() + 5] == 4);
  }

  /** Whether Adobe's marker says that a JPEG's inks are stored as brightness and colour. */
  boolean isTransformed() {
    return all.stream()
        .filter(s -> s.kind().equals("ee") && starts(file, s.start(), "Adobe") && s.length() > 11)
        .anyMatch(s -> file[s.start() + 11] == 2);
  }

  private static boolean starts(byte[] file, int at, String text) {
    return file.length >= at + text.length() && text(file, at, text.length()).equals(text);
  }

  private static String text(byte[] file, int at, int length) {
    return new String(file, at, length, StandardCharsets.ISO_8859_1);
  }
}
