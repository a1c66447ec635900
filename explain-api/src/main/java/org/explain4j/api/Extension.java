package org.explain4j.api;

/**
 * What all services have in common. An extension is a record: its components are its settings in
 * experiment files (kebab-case), its no-argument constructor states the defaults, its compact
 * constructor checks the values with an {@link IllegalArgumentException} that names them.
 */
public interface Extension {

  /** Kebab-case term of the field, unique within its kind: {@code lrp-epsilon}. */
  String id();

  /** One line for {@code explain list}: what it is and its source. */
  String summary();
}
