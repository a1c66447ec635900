package org.explain4j.api;

import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;

/** A method that explains decisions of a network: its settings, and how to bind it to one. */
public interface Explainer extends Extension {

  /** What the method claims to show. */
  Group group();

  /**
   * Binds the method to one network. May already compute what does not depend on the explained
   * inputs; must keep no reference to anything that changes.
   *
   * @throws IllegalArgumentException if the method does not apply to the network; the message names
   *     the node
   */
  Attributor bind(Subject subject);

  /** Binds a method that needs no data. */
  default Attributor bind(Network network) {
    return bind(Subject.of(network));
  }

  /**
   * What explaining one example costs: passes of it, or of variants of it, through the network,
   * where a forward pass counts 1 and one forward and back 2. Methods that ask for many outputs,
   * and wrappers of other methods, say how many.
   *
   * @return at least 1, also for a method that does not look at the network
   */
  default double passes(Classifier classifier) {
    return 2;
  }

  /**
   * Whether the method's theory covers a network, without any data or pass. By default it does, as
   * with methods that only ask for outputs and gradients; override it where layers matter, or where
   * {@link #bind} refuses some networks. A table of rules answers by {@code
   * Composite.applicability}.
   */
  default Applicability applicability(Network network) {
    return Applicability.EXACT;
  }
}
