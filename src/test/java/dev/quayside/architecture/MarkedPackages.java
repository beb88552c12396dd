package dev.quayside.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Asks every package for a {@code package-info} that is marked. */
final class MarkedPackages extends ArchCondition<JavaClass> {

  MarkedPackages() {
    super("lie in a package whose package-info is annotated with @NullMarked");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
    if (!marked) {
      events.add(
          SimpleConditionEvent.violated(
              item,
              item.getPackageName() + " has no marked package-info (" + item.getName() + ")"));
    }
  }
}
