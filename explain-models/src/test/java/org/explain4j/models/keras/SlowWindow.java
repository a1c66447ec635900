package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.JsonNode;
import org.explain4j.models.keras.KerasNet.Entry;

/** Where the windows of a layer lie along one axis. */
record SlowWindow(int size, int kernel, int stride, int dilation, boolean same) {

  static SlowWindow of(Entry e, SlowArray x, int axis, String kernel) {
    JsonNode c = e.config();
    return new SlowWindow(
        x.size(axis),
        c.path(kernel).get(axis).asInt(),
        c.path("strides").get(axis).asInt(),
        c.path("dilation_rate").path(axis).asInt(1),
        c.path("padding").asText().equals("same"));
  }

  int outputs() {
    return same ? (size + stride - 1) / stride : (size - (kernel - 1) * dilation - 1) / stride + 1;
  }

  int start(int output) {
    int needed = (outputs() - 1) * stride + (kernel - 1) * dilation + 1 - size;
    return output * stride - (same ? Math.max(0, needed) / 2 : 0);
  }
}
