package org.explain4j.reports.page;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.explain4j.reports.runs.Band;

/** How numbers are printed; a missing one is {@code n/a}. */
public final class Numbers {
  /** What stands for a missing number. */
  public static final String MISSING = "n/a";

  private static final double LARGE = 1000;
  private static final double SMALL = 0.0005;

  private Numbers() {}

  /** A measured value, to three decimals or three digits. */
  public static String measured(double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    String form = "%.3f";
    if (size >= LARGE || (size != 0 && size < SMALL)) {
      form = "%.2e";
    }
    return String.format(Locale.ROOT, form, value).replace('-', '−');
  }

  /** A value whose size is about one, such as rho, to three decimals however small it is. */
  public static String decimals(double value) {
    return Math.abs(value) < SMALL ? "0.000" : measured(value);
  }

  /** A count. */
  public static String count(double value) {
    return Double.isNaN(value) ? MISSING : count(Math.round(value));
  }

  /** A count that is never missing. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace('-', '−');
  }

  /** A time in seconds. */
  public static String seconds(double value) {
    return Double.isNaN(value)
        ? MISSING
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.1f", value);
  }

  /** A share in per cent. */
  public static String percent(double value) {
    return Double.isNaN(value) ? MISSING : String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * value);
  }

  /** A probability of error, to two digits. */
  public static String pValue(double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** The same as an equation or inequality: {@code p = 0.021}. */
  public static String pIs(double value) {
    String number = pValue(value);
    return "p " + (number.startsWith("<") ? number : "= " + number);
  }

  /** As {@link #interval}, to a fixed number of decimals. */
  public static String decimals(Band band) {
    return interval(band, Numbers::decimals);
  }

  /** A mean with its interval, or the mean alone. */
  public static String interval(Band band) {
    return interval(band, Numbers::measured);
  }

  private static String interval(Band band, DoubleFunction<String> form) {
    String mean = form.apply(band.mean());
    return band.hasEnds()
        ? mean + " [" + form.apply(band.low()) + ", " + form.apply(band.high()) + "]"
        : mean;
  }
}
