package org.explain4j.network.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where each array of a chain lies in its memory: the first place free for its whole life.
 *
 * @param offsets bytes from the memory's start, by array
 * @param bytes of the memory
 */
record Placement(long[] offsets, long bytes) {

  /**
   * @param uses the arrays that each step reads or writes
   */
  static Placement of(List<Slot> slots, List<int[]> uses) {
    int[] first = new int[slots.size()];
    int[] last = new int[slots.size()];
    lives(slots, uses, first, last);
    long[] offsets = new long[slots.size()];
    List<Integer> placed = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < offsets.length; i++) {
      Slot slot = slots.get(i);
      if (slot.base() != i || !slot.own()) {
        continue;
      }
      int array = i;
      List<Integer> beside =
          placed.stream()
              .filter(p -> first[p] <= last[array] && first[array] <= last[p])
              .sorted(Comparator.comparingLong(p -> offsets[p]))
              .toList();
      long place = 0;
      for (int other : beside) {
        if (place + slot.size() <= offsets[other]) {
          break;
        }
        place = Math.max(place, offsets[other] + slots.get(other).size());
      }
      offsets[i] = place;
      bytes = Math.max(bytes, place + slot.size());
      placed.add(i);
    }
    return new Placement(offsets, bytes);
  }

  /** The first and the last step of each array's life. */
  private static void lives(List<Slot> slots, List<int[]> uses, int[] first, int[] last) {
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    for (int s = 0; s < uses.size(); s++) {
      for (int array : uses.get(s)) {
        int base = slots.get(array).base();
        first[base] = Math.min(first[base], s);
        last[base] = s;
      }
    }
    for (int i = 0; i < first.length; i++) {
      if (slots.get(i).kind() == Slot.Kind.LASTING) {
        first[i] = 0;
        last[i] = uses.size();
      }
    }
  }
}
