package dev.quayside.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Forbids calls, method references and field accesses that match. */
final class NotCall extends ArchCondition<JavaClass> {

  /**
   * One access from a class to a member of another.
   *
   * @param caller the full name of the class that calls
   * @param owner the full name of the class that is called
   * @param name the member, {@code <init>} for a constructor
   * @param parameters the full names of the parameter types, empty for a field
   */
  record Call(String caller, String owner, String name, List<String> parameters) {}

  private final Predicate<Call> forbidden;

  private NotCall(String description, Predicate<Call> forbidden) {
    super("not " + description);
    this.forbidden = forbidden;
  }

  static NotCall methods(String description, Predicate<Call> forbidden) {
    return new NotCall(description, forbidden);
  }

  static NotCall method(String owner, String name) {
    return new NotCall(
        "call " + owner + "." + name,
        call -> call.owner().equals(owner) && call.name().equals(name));
  }

  static NotCall field(String owner, String... names) {
    Set<String> all = Set.of(names);
    return new NotCall(
        "use " + owner + " " + all,
        call ->
            call.owner().equals(owner) && all.contains(call.name()) && call.parameters().isEmpty());
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    for (JavaAccess<?> access : item.getAccessesFromSelf()) {
      if (forbidden.test(call(access))) {
        events.add(SimpleConditionEvent.violated(item, access.getDescription()));
      }
    }
  }

  private static Call call(JavaAccess<?> access) {
    List<String> parameters =
        access instanceof JavaCodeUnitAccess<?> unit
            ? unit.getTarget().getRawParameterTypes().stream().map(JavaClass::getName).toList()
            : List.of();
    return new Call(
        access.getOriginOwner().getName(),
        access.getTargetOwner().getName(),
        access.getTarget().getName(),
        parameters);
  }
}
