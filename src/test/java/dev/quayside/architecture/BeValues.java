package dev.quayside.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Asks for records, enums and sealed interfaces over them. */
final class BeValues extends ArchCondition<JavaClass> {

  BeValues() {
    super("be records, enums or interfaces over them");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    if (!item.isRecord() && !item.isEnum() && !item.isInterface()) {
      events.add(
          SimpleConditionEvent.violated(item, item.getName() + " is neither a record nor an enum"));
    }
  }
}
