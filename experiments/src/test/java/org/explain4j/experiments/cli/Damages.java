package org.explain4j.experiments.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What happens to the bytes of a file; the same seed does the same. */
enum Damages {
  /** To the file as it is. */
  PLAIN {
    @Override
    byte[] damage(byte[] good, SplittableRandom random) {
      return damaged(good, random);
    }
  },
  /** To a text, which has no numbers of a fixed length. */
  TEXT {
    @Override
    byte[] damage(byte[] good, SplittableRandom random) {
      return damaged(good, random, 8);
    }
  },
  /** To what lies in one entry, or to the archive. */
  ZIP {
    @Override
    byte[] damage(byte[] good, SplittableRandom random) throws IOException {
      if (random.nextInt(3) == 0) {
        return damaged(good, random);
      }
      Map<String, byte[]> entries = entries(good);
      List<String> names = entries.keySet().stream().sorted().toList();
      String name = names.get(random.nextInt(names.size()));
      byte[] entry = entries.get(name);
      boolean value = name.endsWith(".json") && random.nextBoolean();
      entries.put(name, value ? JsonDamage.of(entry, random) : damaged(entry, random));
      return zip(entries);
    }
  },
  /** To what lies in a chunk, or to the picture. */
  PNG {
    @Override
    byte[] damage(byte[] good, SplittableRandom random) throws IOException {
      return random.nextInt(4) == 0
          ? damaged(good, random)
          : PngDamage.of(good, random, bytes -> damaged(bytes, random));
    }
  },
  /** To what is compressed, or to the compressed file. */
  GZIP {
    @Override
    byte[] damage(byte[] good, SplittableRandom random) throws IOException {
      if (random.nextInt(3) == 0) {
        return damaged(good, random);
      }
      byte[] plain = new GZIPInputStream(new ByteArrayInputStream(good)).readAllBytes();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(damaged(plain, random));
      }
      return out.toByteArray();
    }
  };

  /** The first part of a file is structure, most of the rest numbers. */
  private static final int STRUCTURE = 2000;

  abstract byte[] damage(byte[] good, SplittableRandom random) throws IOException;

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    return damaged(good, random, 10);
  }

  /**
   * @param ways of damage, of which the last two are numbers
   */
  private static byte[] damaged(byte[] good, SplittableRandom random, int ways) {
    if (good.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    return switch (random.nextInt(ways)) {
      case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> without(good, random);
      case 2 -> repeated(good, random);
      case 8, 9 -> withNumber(good, random);
      default -> overwritten(good, random);
    };
  }

  private static byte[] overwritten(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    int most = random.nextBoolean() ? Math.min(bytes.length, STRUCTURE) : bytes.length;
    int count = random.nextBoolean() ? 1 : 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      byte[] values = {
        (byte) random.nextInt(), (byte) random.nextInt(' ', 127), 0, -1, 127, '9', '-', ',', '['
      };
      bytes[random.nextInt(most)] = values[random.nextInt(values.length)];
    }
    return bytes;
  }

  /** A number of two, four or eight bytes, such as a size or an offset, becomes a hostile one. */
  private static byte[] withNumber(byte[] good, SplittableRandom random) {
    int length = 2 << random.nextInt(3);
    int places = Math.min(good.length, STRUCTURE) / length;
    if (places == 0) {
      return without(good, random);
    }
    long[] values = {
      0,
      -1,
      Long.MAX_VALUE,
      Integer.MAX_VALUE,
      1L << 32,
      1L << 40,
      good.length,
      good.length - 1L,
      random.nextInt(good.length)
    };
    byte[] bytes = good.clone();
    byte[] number = number(values[random.nextInt(values.length)], length, random.nextBoolean());
    System.arraycopy(number, 0, bytes, random.nextInt(places) * length, length);
    return bytes;
  }

  private static byte[] number(long value, int length, boolean little) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[little ? i : length - 1 - i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  private static byte[] without(byte[] good, SplittableRandom random) {
    int from = random.nextInt(good.length);
    int to = Math.min(good.length, from + 1 + random.nextInt(16));
    byte[] bytes = Arrays.copyOf(good, good.length - (to - from));
    System.arraycopy(good, to, bytes, from, good.length - to);
    return bytes;
  }

  private static byte[] repeated(byte[] good, SplittableRandom random) {
    int from = random.nextInt(good.length);
    int count = Math.min(good.length - from, 1 + random.nextInt(64));
    byte[] bytes = Arrays.copyOf(good, good.length + count);
    System.arraycopy(good, from, bytes, from + count, good.length - from);
    return bytes;
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }
}
