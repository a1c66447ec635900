package org.explain4j.experiments.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Damage to what lies in a PNG's chunks, with checksums that are right again. */
final class PngDamage {
  private static final int SIGNATURE = 8;
  private static final int LARGEST = 1 << 24;
  private static final String PIXELS = "IDAT";

  private PngDamage() {}

  private record Chunk(String type, byte[] data) {}

  /**
   * @param damage of bytes
   */
  static byte[] of(byte[] good, SplittableRandom random, UnaryOperator<byte[]> damage)
      throws IOException {
    List<Chunk> chunks = chunks(good);
    int chosen = random.nextInt(chunks.size());
    Chunk chunk = chunks.get(chosen);
    byte[] data =
        chunk.type().equals(PIXELS)
            ? deflated(damage.apply(inflated(chunk.data())))
            : damage.apply(chunk.data());
    chunks.set(chosen, new Chunk(chunk.type(), data));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(good, 0, SIGNATURE);
    for (Chunk each : chunks) {
      byte[] type = each.type().getBytes(StandardCharsets.ISO_8859_1);
      CRC32 sum = new CRC32();
      sum.update(type);
      sum.update(each.data());
      out.writeInt(each.data().length);
      out.write(type);
      out.write(each.data());
      out.writeInt((int) sum.getValue());
    }
    return bytes.toByteArray();
  }

  /** All chunks, those of pixels as one. */
  private static List<Chunk> chunks(byte[] png) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(png));
    in.skipBytes(SIGNATURE);
    while (in.available() > 0) {
      int length = in.readInt();
      String type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
      Chunk chunk = new Chunk(type, in.readNBytes(length));
      in.readInt(); // the checksum
      int last = chunks.size() - 1;
      if (type.equals(PIXELS) && last >= 0 && chunks.get(last).type().equals(PIXELS)) {
        chunks.set(last, new Chunk(type, joined(chunks.get(last).data(), chunk.data())));
      } else {
        chunks.add(chunk);
      }
    }
    return chunks;
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static byte[] inflated(byte[] data) throws IOException {
    return new InflaterInputStream(new ByteArrayInputStream(data)).readNBytes(LARGEST);
  }

  private static byte[] deflated(byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(data);
    }
    return bytes.toByteArray();
  }
}
