package org.explain4j.methods.explainers;

import java.util.function.Function;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;

/** A method that works on examples as numbers, chunk by chunk, most on many variants of each. */
interface Perturbation extends Explainer {

  /** Maps a chunk to its attributions, in the order of its values. */
  Function<Chunk, double[]> method(Subject subject);

  @Override
  default Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  default Attributor bind(Subject subject) {
    Function<Chunk, double[]> method = method(subject);
    return (inputs, classes) -> Chunk.attribute(subject.network(), inputs, classes, method);
  }
}
