package org.explain4j.api;

import org.explain4j.network.Network;

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
}
