package org.explain4j.network.onednn;

import java.util.Locale;

/** oneDNN refused, mostly because it has no implementation of the requested operation. */
public final class OneDnnException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** Something that it is known not to do. */
  public OneDnnException(String what) {
    super("oneDNN cannot " + what + ".");
  }

  OneDnnException(int status, String what) {
    super(String.format(Locale.ROOT, "oneDNN could not %s (status %d).", what, status));
  }
}
