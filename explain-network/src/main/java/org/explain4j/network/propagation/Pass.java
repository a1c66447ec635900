package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.Arithmetic;

/** Passes the message on unchanged. */
record Pass() implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    return List.of(site.message());
  }

  @Override
  public boolean keepsZeros() {
    return true;
  }

  @Override
  public String toString() {
    return "pass";
  }
}
