package org.explain4j.experiments.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.explain4j.network.numpy.ArrayPiece;
import org.explain4j.network.numpy.ArrayPieces;

/** The sums of several files, piece by piece. */
record ShardSums(List<Path> files, List<ArrayPieces> pieces) implements Iterator<ArrayPiece> {
  @Override
  public boolean hasNext() {
    return pieces.get(0).hasNext();
  }

  @Override
  public ArrayPiece next() {
    ArrayPiece sum = pieces.get(0).next();
    for (int i = 1; i < files.size(); i++) {
      ArrayPiece part = pieces.get(i).next();
      if (!Arrays.equals(sum.header(), part.header())) {
        throw new UncheckedIOException(
            new IOException(
                String.format(
                    Locale.ROOT,
                    "%s: '%s' has another shape than in %s.",
                    files.get(i),
                    sum.name(),
                    files.get(0))));
      }
      sum = sum.plus(part);
    }
    return sum;
  }
}
