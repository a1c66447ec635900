package org.explain4j.api;

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
   * Whether the method's theory covers a network, without any data or pass. By default it does, as
   * with methods that only ask for outputs and gradients; override it where layers matter, or where
   * {@link #bind} refuses some networks. A table of rules answers by {@code
   * Composite.applicability}.
   */
  default Applicability applicability(Network network) {
    return Applicability.EXACT;
  }
}
