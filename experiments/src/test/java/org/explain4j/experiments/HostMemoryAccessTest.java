package org.explain4j.experiments;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import org.explain4j.network.arrays.HostMemory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataBuffer;

/** Numbers may be on a GPU: there is one door to them. */
final class HostMemoryAccessTest {
  private static final List<String> LOOKS =
      List.of(
          "pointer address addressPointer asNio asNioInt asNioLong asNioFloat asNioDouble"
              .split(" ", -1));

  @Test
  void onlyHostMemoryLooksIntoTheMemoryOfArrays() {
    noClasses()
        .that(not(belongToAnyOf(HostMemory.class)))
        .and(resideOutsideOfPackages("org.explain4j.network.onednn..")) // on CPUs only
        .should()
        .callMethodWhere(
            target(owner(assignableTo(DataBuffer.class)))
                .and(target(describe("memory", method -> LOOKS.contains(method.getName())))))
        .because("a GPU's backend must be asked for them first")
        .check(ArchitectureTest.CLASSES);
  }
}
