package org.explain4j.datasets.numpy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The order of an array's axes. */
public enum ImageLayout {
  /**
   * As the lengths suggest: {@code [n,h,w,c]} if the last is 1 or 3, as for channels, and the
   * second is neither.
   */
  AUTO,
  /** {@code [n,c,h,w]}. */
  CHANNELS_FIRST,
  /** {@code [n,h,w,c]}, as Keras and TensorFlow have it. */
  CHANNELS_LAST;

  private static final Set<Long> CHANNELS = Set.of(1L, 3L);

  /** Whether an array {@code [n,a,b,c]} has its channels last. */
  boolean isChannelsLast(List<Long> shape) {
    return shape.size() == 4
        && (this == CHANNELS_LAST
            || (this == AUTO
                && CHANNELS.contains(shape.get(3))
                && !CHANNELS.contains(shape.get(1))));
  }

  /** The shape of one example, {@code [c,h,w]} or {@code [d]}; images without channels have one. */
  List<Long> example(List<Long> shape) {
    if (isChannelsLast(shape)) {
      return List.of(shape.get(3), shape.get(1), shape.get(2));
    }
    return shape.size() == 3
        ? Stream.concat(Stream.of(1L), shape.stream().skip(1)).toList()
        : shape.subList(1, shape.size());
  }
}
