package org.explain4j.experiments.passes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.setup.Once;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Node;
import org.explain4j.network.moments.Checkpoint;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.MomentsPass;
import org.explain4j.network.moments.NetworkMoments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects moments in as few passes over the data as memory allows, one cell and one file per
 * layer. A pass writes a checkpoint now and then, and continues from it when the run is started
 * again.
 */
public final class MomentsCollector {
  private static final Logger LOG = LoggerFactory.getLogger(MomentsCollector.class);

  private final Run run;
  private final Map<String, IllegalStateException> failed = new HashMap<>(); // by split

  public MomentsCollector(Run run) {
    this.run = run;
  }

  public static boolean isMissing(Run run, SplitMoments wanted, Node node) {
    return !run.ledger().isDone(SplitMoments.STAGE, wanted.cell(node), wanted.hash());
  }

  /**
   * Makes sure that the moments of some layers have been collected.
   *
   * @throws IllegalStateException if they cannot be collected; not tried a second time
   */
  public void require(SplitMoments wanted, List<Node> nodes) {
    if (failed.containsKey(wanted.split())) {
      throw failed.get(wanted.split());
    }
    List<Node> missing = nodes.stream().filter(node -> isMissing(run, wanted, node)).toList();
    for (List<Node> group : new Budget(run.setup()).groups(wanted, missing)) {
      pass(wanted, group);
    }
  }

  /** Collects moments again that were finished but have changed since. */
  public void mend(SplitMoments wanted) {
    List<Node> damaged =
        wanted.nodes().stream()
            .filter(
                node ->
                    run.ledger().isDamaged(SplitMoments.STAGE, wanted.cell(node), wanted.hash()))
            .toList();
    if (!failed.containsKey(wanted.split())) {
      require(wanted, damaged);
    }
  }

  private void pass(SplitMoments wanted, List<Node> group) {
    Path checkpoint = run.output().root().resolve(checkpoint(wanted, group));
    Once<NetworkMoments> moments = Once.of(() -> collect(wanted, group, checkpoint));
    for (Node node : group) {
      run.ledger()
          .cell(
              SplitMoments.STAGE,
              wanted.cell(node),
              wanted.hash(),
              cell -> {
                LayerMoments layer = moments.get().layer(node.name());
                cell.file(wanted.file(node), layer::save);
                layer.close();
              })
          .ifPresent(error -> fail(wanted, error));
    }
    delete(checkpoint);
  }

  private void fail(SplitMoments wanted, String error) {
    IllegalStateException failure =
        new IllegalStateException("The moments of split " + wanted.split() + " failed: " + error);
    failed.put(wanted.split(), failure);
    throw failure;
  }

  /** Named by everything that it depends on: that of another pass is never used. */
  private static String checkpoint(SplitMoments wanted, List<Node> group) {
    List<String> names = group.stream().map(Node::name).toList();
    String hash = CellHash.of(wanted.hash(), wanted.setup().experiment().batch(), names);
    return "moments/checkpoint-%s-%s.npz".formatted(wanted.split(), hash.substring(0, 16));
  }

  private NetworkMoments collect(SplitMoments wanted, List<Node> group, Path checkpoint) {
    MomentsPass pass =
        new MomentsPass(
            run.network(),
            group.stream().map(Node::name).toList(),
            wanted.covariance(),
            wanted.sampling(),
            wanted.part().first(),
            summedAtATime());
    NetworkMoments moments = begin(pass, checkpoint);
    try {
      return pass.run(
          moments,
          from -> () -> batches(wanted, (int) from),
          Optional.of(new Checkpoint(checkpoint, run.experiment().checkpoint().duration())));
    } catch (IOException e) {
      if (moments.examples() < wanted.part().size()) {
        throw RunOutput.cannotWrite(checkpoint, e);
      }
      LOG.debug("no checkpoint, but the layers' files may have room", e);
      return moments;
    }
  }

  /** A part of {@code batch}, of which shards have whole ones: theirs add up to the same sums. */
  private int summedAtATime() {
    int batch = run.experiment().batch();
    int size = Math.min(batch, run.network().batchSize());
    while (batch % size != 0) {
      size--;
    }
    return size;
  }

  private NetworkMoments begin(MomentsPass pass, Path checkpoint) {
    if (Files.exists(checkpoint)) {
      try {
        return pass.resume(checkpoint);
      } catch (IOException e) {
        LOG.warn("{}\nThe pass starts over.", e.getMessage());
        delete(checkpoint);
      }
    }
    return pass.begin();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Iterator<INDArray> batches(SplitMoments wanted, int from) {
    Part part = wanted.part();
    int batch = run.experiment().batch();
    Iterator<INDArray> batches = part.batches(run.model().preprocessing(), batch, from).iterator();
    long[] done = {from};
    String task =
        "moments of %s%s"
            .formatted(
                wanted.split(),
                from == 0 ? "" : ", continuing at %,d of %,d images".formatted(from, part.size()));
    run.progress().begin(task, part.size(), "images");
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (!batches.hasNext()) {
          run.progress().step(task, part.size(), part.size(), "");
        }
        return batches.hasNext();
      }

      @Override
      public INDArray next() {
        run.progress().step(task, done[0], part.size(), "");
        done[0] += batch;
        return batches.next();
      }
    };
  }
}
