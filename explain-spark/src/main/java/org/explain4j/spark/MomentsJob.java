package org.explain4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.explain4j.experiments.passes.ShardRun;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.MomentsFile;
import org.explain4j.experiments.setup.Parts;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.setup.Shard;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.numpy.ArrayPiece;
import org.explain4j.network.numpy.ArrayPieces;
import scala.Tuple2;

/**
 * Moments of an experiment's splits: each task collects those of a range of whole batches, pieces
 * of the sums go to the partition that adds them up, and the driver writes them one after another.
 * No machine holds more than one range's sums, the driver holds one piece.
 *
 * @param ranges of each split; with the same number the sums have the same bits, whatever machines
 *     compute them, in whatever order
 */
record MomentsJob(SparkJob job, int ranges) {
  /** Bytes of a part of the result. */
  private static final long PARTITION = 32 << 20;

  private static final int MOST_PARTITIONS = 4096;

  /** Of a range, at least: a range's sums are moved as a whole, however few images they are of. */
  private static final int BATCHES = 8;

  private static final int FEWEST = 4;
  private static final int MOST = 192;

  /** A number of ranges that depends on the experiment alone, so that the bits do, too. */
  static int usualRanges(Setup setup) {
    int most = batches(setup).max().orElseThrow() / BATCHES;
    return Math.min(mostRanges(setup), Math.max(FEWEST, Math.min(MOST, most)));
  }

  /** A range is of every split and has a batch of each at least. */
  static int mostRanges(Setup setup) {
    return batches(setup).min().orElseThrow();
  }

  private static IntStream batches(Setup setup) {
    Parts parts = setup.parts();
    int batch = setup.experiment().batch();
    return IntStream.of(parts.a().size(), parts.b().size(), parts.c().size())
        .filter(images -> images > 0)
        .map(images -> (images + batch - 1) / batch);
  }

  /**
   * Computes the file that {@code explain merge} would write.
   *
   * @throws IOException if a range failed, or the file cannot be written
   */
  void run(Path out) throws IOException {
    List<Integer> indices = IntStream.rangeClosed(1, ranges).boxed().toList();
    Broadcast<ShippedExperiment> sent = job.sent(); // of a task: not this object
    TaskFailures failures = job.failures();
    int count = ranges;
    JavaSparkContext spark = job.spark();
    spark.setCallSite("moments");
    JavaRDD<ArrayPiece> sums =
        spark
            .parallelize(indices, count)
            .flatMapToPair(index -> pieces(sent.value(), new Shard(index, count), failures))
            .repartitionAndSortWithinPartitions(new InOrder(partitions()))
            .mapPartitions(Sums::new, true)
            .persist(StorageLevel.DISK_ONLY());
    spark.setCallSite("adding up the moments");
    sums.count();
    spark.setCallSite(TaskProgress.SILENT);
    failures.check();
    MomentsFile.join(out, ShardRun.about(job.setup(), indices, ranges), sums.toLocalIterator());
    sums.unpersist();
  }

  /** The driver takes one after another, each as a whole. */
  private int partitions() {
    long bytes = 0;
    for (SplitMoments wanted : SplitMoments.of(job.setup())) {
      for (Node node : wanted.nodes()) {
        LinearLayer layer = (LinearLayer) node.layer();
        long inputs = layer.weights().length() / layer.neurons();
        long sums = 3L * layer.neurons() * inputs;
        bytes += Double.BYTES * (sums + (wanted.covariance() ? inputs * inputs : 0));
      }
    }
    int enough = (int) Math.min(MOST_PARTITIONS, bytes / PARTITION + 1);
    return Math.max(enough, job.spark().defaultParallelism());
  }

  private static Iterator<Tuple2<Spot, ArrayPiece>> pieces(
      ShippedExperiment sent, Shard shard, TaskFailures failures) {
    return failures.orNothing(
        () -> {
          OpenExperiment open = OpenExperiment.of(sent);
          Path file = open.work().resolve("moments.npz");
          try (CellWatch watch = new CellWatch()) {
            open.run().moments(open.setup(), shard, file, watch);
          }
          return new Pieces(file, shard.index());
        });
  }

  /**
   * Where a piece belongs.
   *
   * @param index of the piece in the file
   * @param most pieces that the file has at most
   * @param shard that it is of
   */
  record Spot(long index, long most, int shard) implements Serializable, Comparable<Spot> {
    @Override
    public int compareTo(Spot other) {
      return index == other.index
          ? Integer.compare(shard, other.shard)
          : Long.compare(index, other.index);
    }
  }

  /** Neighbours go to the same partition, so that the partitions in their order are the file. */
  private static final class InOrder extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int partitions;

    InOrder(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      Spot spot = (Spot) key;
      return (int) Math.min(partitions - 1, spot.index() * partitions / spot.most());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof InOrder same && same.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return partitions;
    }
  }

  /** The pieces of a shard's file, which is deleted after the last. */
  private static final class Pieces implements Iterator<Tuple2<Spot, ArrayPiece>> {
    private final Path file;
    private final int shard;
    private final ArrayPieces pieces;
    private final long most;
    private long index;

    Pieces(Path file, int shard) throws IOException {
      this.file = file;
      this.shard = shard;
      this.pieces = MomentsFile.pieces(file);
      this.most = pieces.most();
    }

    @Override
    public boolean hasNext() {
      if (!pieces.hasNext()) {
        delete();
      }
      return pieces.hasNext();
    }

    private void delete() {
      try {
        pieces.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Tuple2<Spot, ArrayPiece> next() {
      return new Tuple2<>(new Spot(index++, most, shard), pieces.next());
    }
  }

  /** Adds up what follows each other and is of the same place. */
  private static final class Sums implements Iterator<ArrayPiece> {
    private final Iterator<Tuple2<Spot, ArrayPiece>> sorted;
    private Tuple2<Spot, ArrayPiece> ahead;

    Sums(Iterator<Tuple2<Spot, ArrayPiece>> sorted) {
      this.sorted = sorted;
      advance();
    }

    private void advance() {
      ahead = sorted.hasNext() ? sorted.next() : null;
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public ArrayPiece next() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      long index = ahead._1().index();
      ArrayPiece sum = ahead._2();
      advance();
      while (ahead != null && ahead._1().index() == index) {
        sum = sum.plus(ahead._2());
        advance();
      }
      return sum;
    }
  }
}
