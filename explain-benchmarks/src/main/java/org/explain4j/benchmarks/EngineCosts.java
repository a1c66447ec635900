package org.explain4j.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images per second of networks compiled to oneDNN, of ND4J's operations and of ONNX Runtime, which
 * take turns in processes of their own: only numbers measured in turn within one run can be
 * compared on a machine whose speed drifts.
 *
 * <pre>EngineCosts small|vgg16|FILE.onnx BATCH,BATCH,... ROUNDS SECONDS [torch] METHOD...</pre>
 *
 * METHOD is an explainer's id; the forward pass is always measured, and is all that ONNX Runtime
 * has. After {@code fast:} (also {@code fast:forward}) oneDNN computes with {@code precision:
 * fast}, the others as ever. With {@code torch}, PyTorch takes turns, too. Each turn repeats one
 * piece of work for so many seconds; two rounds warm up. Prints for each batch and piece of work
 * the median and the best of the rounds, and the median of the rounds' ratios.
 */
public final class EngineCosts {
  private static final Logger LOG = LoggerFactory.getLogger(EngineCosts.class);

  private static final String TORCH = "torch";
  private static final int WARM_UP = 2;

  /** Something that repeats work and says how fast. */
  interface Rated extends AutoCloseable {
    /** Images per second of work that is repeated for so long, once at least. */
    double rate(String work, double seconds) throws IOException;

    @Override
    void close();
  }

  private EngineCosts() {}

  public static void main(String[] arguments) throws IOException {
    String network = arguments[0];
    int rounds = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    List<String> works = new ArrayList<>(List.of(EngineWorker.FORWARD));
    works.addAll(Arrays.asList(arguments).subList(4, arguments.length));
    boolean torch = works.remove(TORCH);
    LOG.info("gemm {} GFLOPS", Math.round(Machine.gemm() / 1e9));
    LOG.info(line("batch", "", "images/s", "best", "to nd4j", "to onnxruntime"));
    for (String batch : arguments[1].split(",", -1)) {
      Map<EngineWorker.Engine, Rated> workers = new LinkedHashMap<>();
      try {
        for (EngineWorker.Engine engine : EngineWorker.Engine.OF_JAVA) {
          workers.put(engine, EngineWorker.start(engine, network, batch));
        }
        if (torch) {
          workers.put(EngineWorker.Engine.PYTORCH, new PyTorch(network, Integer.parseInt(batch)));
        }
        for (String work : works) {
          table(batch, work, rates(workers, work, rounds, seconds)).forEach(LOG::info);
        }
      } finally {
        workers.values().forEach(Rated::close);
      }
    }
  }

  private static Map<EngineWorker.Engine, List<Double>> rates(
      Map<EngineWorker.Engine, Rated> workers, String work, int rounds, double seconds)
      throws IOException {
    Map<EngineWorker.Engine, List<Double>> rates = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Map.Entry<EngineWorker.Engine, Rated> worker : workers.entrySet()) {
        if (worker.getKey().has(work)) {
          double rate = worker.getValue().rate(work, seconds);
          if (round >= 0) {
            rates.computeIfAbsent(worker.getKey(), engine -> new ArrayList<>()).add(rate);
          }
        }
      }
    }
    return rates;
  }

  private static List<String> table(
      String batch, String work, Map<EngineWorker.Engine, List<Double>> rates) {
    List<String> lines = new ArrayList<>();
    rates.forEach(
        (engine, own) ->
            lines.add(
                line(
                    batch,
                    engine.label() + " " + work,
                    "%.1f".formatted(median(own)),
                    "%.1f".formatted(Collections.max(own)),
                    ratio(own, rates.get(EngineWorker.Engine.ND4J)),
                    ratio(own, rates.get(EngineWorker.Engine.ONNX_RUNTIME)))));
    return lines;
  }

  private static String line(String... cells) {
    return "%5s  %-36s %10s %10s %8s %15s".formatted((Object[]) cells);
  }

  /** The median of the rounds' ratios: a machine's speed drifts less within a round. */
  private static String ratio(List<Double> rates, List<Double> others) {
    if (others == null) {
      return "-";
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      ratios.add(rates.get(i) / others.get(i));
    }
    return "%.2f".formatted(median(ratios));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
