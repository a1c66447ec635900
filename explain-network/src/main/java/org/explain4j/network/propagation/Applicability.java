package org.explain4j.network.propagation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.explain4j.network.Node;

/**
 * How far a method's theory covers a network or a layer.
 *
 * @param reason the convention and its source, or why not; empty if exact
 */
public record Applicability(Level level, String reason) {

  /** From the best to the worst. */
  public enum Level {
    /** Inside what the method's paper states. */
    EXACT,
    /** There is a rule by convention, beyond the paper. */
    DEFINED,
    /** The method refuses it. */
    NO
  }

  /** Inside what the method's paper states. */
  public static final Applicability EXACT = new Applicability(Level.EXACT, "");

  /** By a convention. */
  public static Applicability defined(String convention) {
    return new Applicability(Level.DEFINED, convention);
  }

  /** Not at all. */
  public static Applicability no(String reason) {
    return new Applicability(Level.NO, reason);
  }

  /** Exact, unless a check that a method also makes when it is bound refuses the network. */
  public static Applicability unlessRefused(Runnable check) {
    try {
      check.run();
      return EXACT;
    } catch (IllegalArgumentException refusal) {
      return no(refusal.getMessage());
    }
  }

  public boolean isExact() {
    return level == Level.EXACT;
  }

  public boolean isRefused() {
    return level == Level.NO;
  }

  /** The worst of several, with all reasons of that level. */
  public static Applicability worst(Applicability... parts) {
    Level worst =
        Arrays.stream(parts)
            .map(Applicability::level)
            .max(Comparator.naturalOrder())
            .orElse(Level.EXACT);
    Set<String> reasons = new LinkedHashSet<>();
    for (Applicability part : parts) {
      if (part.level() == worst && !part.reason().isEmpty()) {
        reasons.add(part.reason());
      }
    }
    return new Applicability(worst, String.join("; ", reasons));
  }

  /**
   * The worst over a network's nodes; each reason names its first node and counts the others.
   *
   * @param nodes those that are asked
   */
  public static Applicability over(List<Node> nodes, Function<Node, Applicability> at) {
    Map<Applicability, List<String>> where = new LinkedHashMap<>();
    for (Node node : nodes) {
      where.computeIfAbsent(at.apply(node), a -> new ArrayList<>()).add(node.name());
    }
    return worst(
        where.entrySet().stream()
            .map(entry -> entry.getKey().located(entry.getValue()))
            .toArray(Applicability[]::new));
  }

  private Applicability located(List<String> nodes) {
    if (isExact()) {
      return this;
    }
    String others =
        nodes.size() == 1 ? "" : String.format(Locale.ROOT, " and %d more", nodes.size() - 1);
    return new Applicability(
        level, String.format(Locale.ROOT, "%s ('%s'%s)", reason, nodes.get(0), others));
  }
}
