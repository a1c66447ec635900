package org.explain4j.network.onednn;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Where a chain's arrays lie.
 *
 * @param places addresses; 0 for arrays of the caller's
 * @param scratch address of what primitives need while they run
 */
record ChainMemory(
    Arena arena, List<Slot> slots, long[] places, Arena.Tensor[] tensors, long scratch) {

  static ChainMemory of(List<Slot> slots, List<Step> steps) {
    Arena arena = new Arena();
    Placement placement = Placement.of(slots, steps.stream().map(Step::arrays).toList());
    long memory = arena.allocate(placement.bytes());
    long scratch = arena.allocate(steps.stream().mapToLong(Step::scratchBytes).max().orElse(0));
    long[] places = new long[slots.size()];
    Arena.Tensor[] tensors = new Arena.Tensor[slots.size()];
    for (int i = 0; i < tensors.length; i++) {
      Slot slot = slots.get(i);
      places[i] =
          switch (slot.kind()) {
            case PASSING, LASTING -> memory + placement.offsets()[slot.base()] + slot.offset();
            case CONSTANT -> slot.address() + slot.offset();
            case EXTERNAL -> 0;
          };
      tensors[i] = arena.tensor(slot.layout(), places[i]);
    }
    return new ChainMemory(arena, slots, places, tensors, scratch);
  }

  /** An array of the chain's own, as it lies there. */
  FloatBuffer numbers(int array) {
    return Arena.numbers(places[array], slots.get(array).layout().bytes() / Float.BYTES);
  }
}
