package org.explain4j.reports.page;

import java.util.ArrayList;
import java.util.List;

/** Names over narrow columns: long ones lose their middle, and lines end after separators. */
public final class ShortName {
  private static final int LONG = 26;
  private static final int START = 10;
  private static final int END = 15;

  private ShortName() {}

  /** The pieces of a name, between which a line may end. */
  public static List<String> pieces(String name) {
    List<String> all = List.of(name.split("(?<=[./_: -])", -1));
    if (name.length() <= LONG) {
      return all;
    }
    List<String> shown = new ArrayList<>();
    int first = 0;
    for (int length = 0; first < all.size() && length + all.get(first).length() <= START; first++) {
      length += all.get(first).length();
      shown.add(all.get(first));
    }
    if (shown.isEmpty()) {
      shown.add(name.substring(0, START));
    }
    shown.add("…");
    int last = all.size();
    for (int length = 0; last > first && length + all.get(last - 1).length() <= END; last--) {
      length += all.get(last - 1).length();
    }
    if (last == all.size()) {
      shown.add(name.substring(name.length() - END));
    }
    shown.addAll(all.subList(last, all.size()));
    return shown;
  }

  /** The pieces as one name. */
  public static String of(String name) {
    return String.join("", pieces(name));
  }
}
