package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * What a contract finds wrong with extensions that each have one flaw.
 *
 * @param failures by the flaw's name, in the order in which they were found
 */
record Verdicts(Map<String, List<Failure>> failures) {

  /** A test that failed. */
  record Failure(String law, String message) {}

  /** A flaw: the law that must find it, and what its failure must say. */
  interface Flaw {
    String name();

    /** The test's name; empty for the extension that has no flaw. */
    String law();

    String says();
  }

  /**
   * Runs a test class that is parameterised by flaws, whose invocations have the flaws' names.
   *
   * @param type not found by the build, since it is nested
   */
  static Verdicts of(Class<?> type) {
    Map<String, List<Failure>> failures = new LinkedHashMap<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(type))
        .execute()
        .allEvents()
        .failed()
        .stream()
        .forEach(
            event ->
                failures
                    .computeIfAbsent(flaw(event.getTestDescriptor()), name -> new ArrayList<>())
                    .add(failure(event)));
    return new Verdicts(failures);
  }

  /** The name of the outermost invocation that a test is in, below engine and class. */
  private static String flaw(TestDescriptor test) {
    TestDescriptor at = test;
    List<String> names = new ArrayList<>();
    while (at != null) {
      names.add(0, at.getDisplayName());
      at = at.getParent().orElse(null);
    }
    return names.size() > 2 ? names.get(2) : String.join("/", names);
  }

  private static Failure failure(Event event) {
    String law =
        event
            .getTestDescriptor()
            .getSource()
            .map(source -> source instanceof MethodSource method ? method.getMethodName() : "")
            .orElse("");
    Throwable cause =
        event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
    return new Failure(law, cause.toString());
  }

  /**
   * The extension without a flaw passes, and every other one fails the law that its flaw breaks.
   */
  void requireThatEachFlawIsFound(Flaw[] flaws) {
    for (Flaw flaw : flaws) {
      List<Failure> found = failures.getOrDefault(flaw.name(), List.of());
      if (flaw.law().isEmpty()) {
        assertThat(found).as(flaw.name()).isEmpty();
      } else {
        assertThat(found)
            .as(flaw.name())
            .anySatisfy(
                failure -> {
                  assertThat(failure.law()).isEqualTo(flaw.law());
                  assertThat(failure.message()).contains(flaw.says());
                });
      }
    }
  }

  /** A law that no flaw breaks might be one that no extension can break. */
  static void requireThatEachLawFindsAFlaw(Class<?> contract, Flaw[] flaws) {
    List<String> laws =
        Arrays.stream(contract.getDeclaredMethods())
            .filter(m -> isTest(m) && !m.isSynthetic())
            .map(Method::getName)
            .toList();
    assertThat(laws).isNotEmpty();
    assertThat(new TreeSet<>(Stream.of(flaws).map(Flaw::law).toList())).containsAll(laws);
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }
}
