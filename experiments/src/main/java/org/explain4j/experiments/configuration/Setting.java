package org.explain4j.experiments.configuration;

/**
 * A setting, for people.
 *
 * @param key as in an experiment file; of a nested part {@code explain.images}
 * @param meaning from the Javadoc, with {@code `backticks`} around code; empty if it has none
 * @param values that it takes: {@code pre | post}, {@code whole number}
 * @param standard its value if a file leaves it out, as it is written in one; empty if it has none
 */
public record Setting(String key, String meaning, String values, String standard) {

  /** Whether it has a value if a file leaves it out. */
  public boolean isSet() {
    return !standard.isEmpty();
  }

  /** Whether it takes one of a few words. */
  public boolean isChoice() {
    return values.contains(SettingsTable.OR);
  }
}
