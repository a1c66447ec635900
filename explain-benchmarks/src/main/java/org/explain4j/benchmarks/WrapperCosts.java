package org.explain4j.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Subject;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What methods that try many variants of an image cost compared with the passes that they consist
 * of: their time relative to n gradients, or their share of the batched forward rate. Then the time
 * per image of PatternNet and of the slow and learned methods that its paper compares it with.
 *
 * <pre>WrapperCosts IMAGES ROUNDS</pre>
 */
public final class WrapperCosts {
  private static final Logger LOG = LoggerFactory.getLogger(WrapperCosts.class);

  /** Examples in a batch of the passes that methods are compared with. */
  private static final int BATCH = 100;

  /**
   * A method with its default settings.
   *
   * @param variants of an image that it evaluates; 0 for one that is not compared with passes
   * @param pass what it does with each: {@code gradient} or {@code forward}
   */
  private record Wrapper(String id, int variants, String pass) {}

  private static final List<Wrapper> WRAPPERS =
      List.of(
          new Wrapper("smoothgrad", 50, "gradient"),
          new Wrapper("smoothgrad-squared", 50, "gradient"),
          new Wrapper("vargrad", 50, "gradient"),
          new Wrapper("integrated-gradients", 50, "gradient"),
          new Wrapper("expected-gradients", 100, "gradient"),
          new Wrapper("occlusion", 1 + 13 * 13, "forward"),
          new Wrapper("rise", 1000, "forward"),
          new Wrapper("lime", 1000, "forward"),
          new Wrapper("kernel-shap", 1002, "forward"),
          new Wrapper("prediction-difference", 1 + 13 * 13 * 10, "forward"),
          new Wrapper("real-time-saliency", 0, ""),
          new Wrapper("pattern-net", 0, ""));

  private WrapperCosts() {}

  public static void main(String[] arguments) {
    int images = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Network network = RandomNetworks.small();
    INDArray batch = RandomNetworks.gaussian(1, BATCH, 1, 28, 28);
    INDArray explained = Batches.slice(batch, 0, images);
    int[] all = network.predict(batch);
    int[] classes = Arrays.copyOf(all, images);
    Subject subject =
        new Subject(
            network, (estimator, layer) -> MethodCosts.weightsAsPatterns(layer), () -> batch);
    Catalog<Explainer> catalog = Catalog.of(Explainer.class);
    Attributor gradient = catalog.get("gradient").bind(subject);
    Map<String, Runnable> passes =
        Map.of(
            "forward", () -> network.logits(batch).close(),
            "gradient", () -> gradient.attribute(batch, all).close());
    Map<String, Runnable> work = new LinkedHashMap<>();
    for (Wrapper wrapper : WRAPPERS) {
      Attributor attributor = catalog.get(wrapper.id()).bind(subject);
      if (wrapper.variants() > 0) {
        work.put(
            passesOf(wrapper), repeated(passes.get(wrapper.pass()), passCount(wrapper, images)));
      }
      work.put(wrapper.id(), () -> attributor.attribute(explained, classes).close());
    }
    Rounds times = new Rounds(work, rounds);
    for (Wrapper wrapper : WRAPPERS) {
      String id = wrapper.id();
      LOG.info(
          "%-24s %9.3f ms per image%s"
              .formatted(
                  id,
                  1e3 * times.seconds(id) / images,
                  wrapper.variants() == 0 ? "" : ratios(wrapper, times, images)));
    }
  }

  private static String passesOf(Wrapper wrapper) {
    return "passes of " + wrapper.id();
  }

  /** As many passes as the method makes, so that both take as long. */
  private static int passCount(Wrapper wrapper, int images) {
    return Math.max(1, Math.round((float) wrapper.variants() * images / BATCH));
  }

  private static Runnable repeated(Runnable pass, int times) {
    return () -> {
      for (int i = 0; i < times; i++) {
        pass.run();
      }
    };
  }

  private static String ratios(Wrapper wrapper, Rounds times, int images) {
    double more = (double) passCount(wrapper, images) * BATCH / (wrapper.variants() * images);
    double wall = more * times.ratio(wrapper.id(), passesOf(wrapper), Rounds.Cost::seconds);
    double cpu = more * times.ratio(wrapper.id(), passesOf(wrapper), Rounds.Cost::cpu);
    return wrapper.pass().equals("forward")
        ? ", %.0f %% of the forward rate (by CPU time %.0f %%)".formatted(100 / wall, 100 / cpu)
        : ", %.2f of %d gradients (by CPU time %.2f)".formatted(wall, wrapper.variants(), cpu);
  }
}
