package org.explain4j.api;

import java.util.List;
import org.explain4j.network.Network;

/**
 * A network that was read from a file, or trained, and what is known about it.
 *
 * @param preprocessing from pixels in [0,1] to the network's input
 * @param classNames by index; empty where the source does not know them
 * @param fingerprint SHA-256 (hex) of the source
 * @param notes what the reader folded, removed or assumed, one sentence each
 */
public record Model(
    Network network,
    Preprocessing preprocessing,
    List<String> classNames,
    String fingerprint,
    List<String> notes) {

  public Model {
    classNames = List.copyOf(classNames);
    notes = List.copyOf(notes);
  }
}
