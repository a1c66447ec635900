package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import org.explain4j.api.Catalog;
import org.explain4j.api.Extension;
import org.junit.jupiter.api.Test;

/**
 * The laws that every extension of any kind obeys: it is a record with defaults, its settings can
 * be written in an experiment file, and it is found by its id. Extend the contract of the
 * extension's kind; extend this one directly only if there is none.
 *
 * @param <T> the service
 */
public abstract class ExtensionContract<T extends Extension> {
  static final String KEBAB_CASE = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private final Class<T> service;

  /**
   * @param service the interface that {@code META-INF/services} has a file for
   */
  protected ExtensionContract(Class<T> service) {
    this.service = service;
  }

  /**
   * Makes the extension to test, with settings that keep the tests quick. It is called for each
   * test, perhaps several times, and must give the same settings each time.
   */
  protected abstract T create();

  @Test
  final void itIsARecordWhoseNoArgumentConstructorHasTheDefaults()
      throws ReflectiveOperationException {
    Class<?> type = create().getClass();
    assertThat(type.isRecord()).as("%s must be a record", type.getName()).isTrue();
    assertThat(type.getDeclaredConstructors())
        .as("%s must have a constructor without arguments, which states the defaults", type)
        .anyMatch(constructor -> constructor.getParameterCount() == 0);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Extension defaults = (Extension) constructor.newInstance();
    for (RecordComponent component : type.getRecordComponents()) {
      assertThat(RecordSettings.value(defaults, component))
          .as("the default of '%s' must be a value; one that may be absent is Optional", component)
          .isNotNull();
    }
  }

  @Test
  final void itsSettingsCanBeWrittenInAnExperimentFile() {
    Class<?> type = create().getClass();
    if (!type.isRecord()) {
      return; // a law of its own
    }
    for (RecordComponent component : type.getRecordComponents()) {
      assertThat(RecordSettings.isWritable(component.getGenericType()))
          .as(
              "'%s' of %s must be a number, a word, a switch, a path, an enum, a record or service,"
                  + " or a List, Optional or Map<String, ...> of these, but is a %s",
              component.getName(), type.getSimpleName(), component.getGenericType().getTypeName())
          .isTrue();
    }
  }

  @Test
  final void itsIdIsInKebabCase() {
    assertThat(create().id()).as("the id").matches(KEBAB_CASE);
  }

  @Test
  final void itsSummaryIsOneLine() {
    assertThat(create().summary())
        .as("the summary")
        .isNotBlank()
        .doesNotContain("\n")
        .hasSizeLessThan(120);
  }

  @Test
  final void itIsFoundByItsId() {
    T extension = create();
    Class<?> type = extension.getClass();
    assertThat(Catalog.of(service).providers())
        .as(
            "the %ss on the class path; META-INF/services/%s must have the line '%s'",
            service.getSimpleName(), service.getName(), type.getName())
        .containsKey(extension.id());
    assertThat(Catalog.of(service).get(extension.id())).as(extension.id()).isInstanceOf(type);
  }

  @Test
  final void seedsBelowOneAreRefused() {
    T extension = create();
    if (!RecordSettings.has(extension, "seed")) {
      return;
    }
    assertThatThrownBy(() -> RecordSettings.withSeed(extension, 0), "a seed of 0")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
