package org.explain4j.methods.backpropagation;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;

/** An attribution that is one backward pass by a table of rules. */
interface RuleTable extends Explainer {

  /** The rule of every layer. */
  Composite composite(Subject subject);

  /** The value that is propagated from the logits. */
  Start start();

  @Override
  default Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  default Attributor bind(Subject subject) {
    return Attributor.of(subject.network(), composite(subject), start());
  }

  /** That of the rules; a table that needs data to be made must say it itself. */
  @Override
  default Applicability applicability(Network network) {
    Composite[] table = new Composite[1];
    Applicability made =
        Applicability.unlessRefused(() -> table[0] = composite(Subject.of(network)));
    return made.isRefused() ? made : table[0].applicability(network);
  }
}
