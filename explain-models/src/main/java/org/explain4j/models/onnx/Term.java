package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression: what a part of a graph computes, or a pattern of it. Sums and products have any
 * number of arguments in any order; a difference is the sum with a product by -1, a quotient by a
 * number the product with its inverse.
 */
sealed interface Term {

  /** A number. */
  record Real(double value) implements Term {}

  /** In a graph the name of a value; in a pattern what stands for any value, or any number. */
  record Name(String name) implements Term {}

  /** An operator's result. */
  record Call(String operator, List<Term> arguments) implements Term {}

  /** A sum or product. */
  record Many(boolean product, List<Term> arguments) implements Term {

    /** The arguments of those arguments that are of the same kind are its own. */
    static Term of(boolean product, List<Term> arguments) {
      List<Term> all = new ArrayList<>();
      double number = product ? 1 : 0;
      for (Term argument : arguments) {
        List<Term> parts =
            argument instanceof Many many && many.product() == product
                ? many.arguments()
                : List.of(argument);
        for (Term part : parts) {
          if (part instanceof Real own) {
            number = product ? number * own.value() : number + own.value();
          } else {
            all.add(part);
          }
        }
      }
      if (number != (product ? 1 : 0)) {
        all.add(new Real(number));
      }
      return all.size() == 1 ? all.get(0) : new Many(product, List.copyOf(all));
    }
  }

  /**
   * Reads a pattern such as {@code Mul(x, Sigmoid(x))}: Add and Mul, numbers, names in lower case,
   * operators in upper case.
   */
  static Term parse(String pattern) {
    return new Parser(pattern.replace(" ", "")).term();
  }

  /** Reads from left to right. */
  final class Parser {
    private final String text;
    private int place;

    private Parser(String text) {
      this.text = text;
    }

    private Term term() {
      int start = place;
      while (place < text.length() && "(),".indexOf(text.charAt(place)) < 0) {
        place++;
      }
      String word = text.substring(start, place);
      if (place == text.length() || text.charAt(place) != '(') {
        boolean letter = Character.isLetter(word.charAt(0));
        return letter ? new Name(word) : new Real(Double.parseDouble(word));
      }
      List<Term> arguments = new ArrayList<>();
      while (text.charAt(place) != ')') {
        place++; // past the bracket or comma
        arguments.add(term());
      }
      place++;
      return switch (word) {
        case "Add" -> Many.of(false, arguments);
        case "Mul" -> Many.of(true, arguments);
        default -> new Call(word, List.copyOf(arguments));
      };
    }
  }
}
