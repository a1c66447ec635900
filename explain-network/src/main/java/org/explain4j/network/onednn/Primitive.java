package org.explain4j.network.onednn;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/**
 * One operation on arrays of given layouts; several threads may run it, each with memory of its
 * own. Its scratch memory always belongs to the caller: by default it would belong to the thread
 * that made the primitive, and running it on another one crashes.
 */
public final class Primitive {
  /** Names of arrays that a primitive reads or writes. */
  public enum Argument {
    SOURCE(dnnl.DNNL_ARG_SRC, dnnl.dnnl_query_src_md),
    SECOND_SOURCE(dnnl.DNNL_ARG_SRC_1, dnnl.dnnl_query_src_md),
    DESTINATION(dnnl.DNNL_ARG_DST, dnnl.dnnl_query_dst_md),
    WEIGHTS(dnnl.DNNL_ARG_WEIGHTS, dnnl.dnnl_query_weights_md),
    BIAS(dnnl.DNNL_ARG_BIAS, dnnl.dnnl_query_weights_md),
    WORKSPACE(dnnl.DNNL_ARG_WORKSPACE, dnnl.dnnl_query_workspace_md),
    SOURCE_GRADIENT(dnnl.DNNL_ARG_DIFF_SRC, dnnl.dnnl_query_diff_src_md),
    DESTINATION_GRADIENT(dnnl.DNNL_ARG_DIFF_DST, dnnl.dnnl_query_diff_dst_md),
    WEIGHT_GRADIENT(dnnl.DNNL_ARG_DIFF_WEIGHTS, dnnl.dnnl_query_diff_weights_md);

    final int code;
    final int query;

    Argument(int code, int query) {
      this.code = code;
      this.query = query;
    }
  }

  private static final Cleaner CLEANER = Cleaner.create();

  private final dnnl_primitive handle = new dnnl_primitive();
  private final dnnl_primitive_desc description;

  private Primitive(dnnl_primitive_desc description, String what) {
    this.description = description;
    OneDnn.check(dnnl.dnnl_primitive_create(handle, description), what);
    dnnl_primitive ownHandle = handle;
    CLEANER.register(
        this,
        () -> {
          dnnl.dnnl_primitive_destroy(ownHandle);
          dnnl.dnnl_primitive_desc_destroy(description);
        });
  }

  dnnl_primitive handle() {
    return handle;
  }

  /** The layout that was chosen for an argument. */
  public Layout layout(Argument argument) {
    return Layout.of(dnnl.dnnl_primitive_desc_query_md(description, argument.query, 0));
  }

  /** Of the memory that the caller lends while it runs. */
  Layout scratchLayout() {
    return Layout.of(
        dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_scratchpad_md, 0));
  }

  /** Bytes of {@link #scratchLayout}. */
  long scratchBytes() {
    dnnl_memory_desc_t scratch =
        dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_scratchpad_md, 0);
    return scratch == null || scratch.isNull() ? 0 : dnnl.dnnl_memory_desc_get_size(scratch);
  }

  /** Copies from one layout to another. */
  public static Primitive reorder(Layout from, Layout to) {
    try (Attributes attributes = new Attributes(PostOperation.NONE)) {
      dnnl_primitive_desc description = new dnnl_primitive_desc();
      OneDnn.check(
          dnnl.dnnl_reorder_primitive_desc_create(
              description,
              from.descriptor(),
              OneDnn.engine(),
              to.descriptor(),
              OneDnn.engine(),
              attributes.handle),
          "reorder");
      return new Primitive(description, "reorder");
    }
  }

  /**
   * @param operation describes it
   * @param after what is done with the result
   * @param hint the forward operation of a backward one, else null
   * @param what for a message: oneDNN could not ...
   */
  static Primitive create(Pointer operation, PostOperation after, Primitive hint, String what) {
    try (Attributes attributes = new Attributes(after)) {
      dnnl_primitive_desc description = new dnnl_primitive_desc();
      OneDnn.check(
          dnnl.dnnl_primitive_desc_create(
              description,
              new const_dnnl_op_desc_t(operation),
              attributes.handle,
              OneDnn.engine(),
              hint == null ? null : hint.description),
          what);
      return new Primitive(description, what);
    } finally {
      Reference.reachabilityFence(hint); // it is freed with its last use, which is native
    }
  }

  /** Scratch memory from the caller, and what is done with the result. */
  private static final class Attributes implements AutoCloseable {
    private final dnnl_primitive_attr handle = new dnnl_primitive_attr();
    private final Runnable free;

    Attributes(PostOperation after) {
      OneDnn.check(dnnl.dnnl_primitive_attr_create(handle), "set attributes");
      OneDnn.check(
          dnnl.dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl.dnnl_scratchpad_mode_user),
          "set attributes");
      free = after.appendTo(handle);
    }

    @Override
    public void close() {
      free.run();
      dnnl.dnnl_primitive_attr_destroy(handle);
    }
  }
}
