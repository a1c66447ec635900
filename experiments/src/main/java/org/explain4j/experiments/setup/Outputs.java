package org.explain4j.experiments.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.ImageNet;
import org.explain4j.api.Labelling;

/**
 * Which output of a network each class of the data is, where names tell: those that the network
 * has, or ImageNet's synset ids with a network of 1,000 outputs. Numbers that the data's source
 * states are not changed.
 *
 * @param number of outputs
 * @param names of outputs; empty where the network does not know them
 */
public record Outputs(int number, List<String> names) {
  private static final int MOST_SHOWN = 3;

  /** The data with the outputs' numbers, and a note about it; empty if the names do not tell. */
  public Optional<Dataset> renumber(Dataset data) {
    List<String> keys =
        data.labelling() instanceof Labelling.Sorted sorted ? sorted.keys() : data.classNames();
    if (data.labelling() instanceof Labelling.Stated || keys.isEmpty()) {
      return Optional.empty();
    }
    return mapped(keys, this::named)
        .or(() -> mapped(data.classNames(), this::named))
        .map(outputs -> renumbered(data, outputs, names, "by the network's names"))
        .or(
            () ->
                number != ImageNet.synsets().size()
                    ? Optional.empty()
                    : mapped(keys, ImageNet::index)
                        .map(
                            outputs ->
                                renumbered(
                                    data,
                                    outputs,
                                    names.isEmpty() ? ImageNet.names() : names,
                                    "by ImageNet's synset ids")));
  }

  /** The output of each key, if each has one of its own. */
  private static Optional<int[]> mapped(List<String> keys, Function<String, OptionalInt> output) {
    int[] outputs = new int[keys.size()];
    for (int i = 0; i < outputs.length; i++) {
      OptionalInt found = output.apply(keys.get(i));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      outputs[i] = found.getAsInt();
    }
    return Arrays.stream(outputs).distinct().count() == outputs.length
        ? Optional.of(outputs)
        : Optional.empty();
  }

  private OptionalInt named(String key) {
    if (names.size() != number || new HashSet<>(names).size() < number) {
      return OptionalInt.empty();
    }
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    return places.containsKey(key) ? OptionalInt.of(places.get(key)) : OptionalInt.empty();
  }

  private Dataset renumbered(Dataset data, int[] outputs, List<String> classNames, String how) {
    if (Arrays.equals(outputs, IntStream.range(0, number).toArray())) {
      return data;
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(MOST_SHOWN, outputs.length); i++) {
      shown
          .append(i == 0 ? "" : ", ")
          .append("'" + data.classNames().get(i) + "' is output " + outputs[i]);
    }
    List<String> notes = new ArrayList<>(data.notes());
    notes.add(
        String.format(
            Locale.ROOT,
            "The %d classes of the data were matched to the network's %d outputs %s: %s%s.",
            outputs.length,
            number,
            how,
            shown,
            outputs.length > MOST_SHOWN ? ", ..." : ""));
    return new Dataset(
        data.name(),
        data.inputShape(),
        classNames,
        new Labelling.Complete(),
        new Relabelled(data.train(), outputs),
        new Relabelled(data.test(), outputs),
        data.fingerprint(),
        notes);
  }
}
