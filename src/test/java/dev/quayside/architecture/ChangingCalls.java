package dev.quayside.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets only {@code journal} call a method that changes the user's machine. A method counts as
 * changing if it, or the method it overrides, is marked; a marked method may call the next one
 * below it.
 */
final class ChangingCalls extends ArchCondition<JavaClass> {

  private static final String MARK = "dev.quayside.engine.Changing";

  private final String journal;

  ChangingCalls(String root) {
    super("not call a method marked @Changing");
    this.journal = root + ".journal";
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    if (inJournal(item)) {
      return;
    }
    for (JavaCodeUnitAccess<?> access : accesses(item)) {
      JavaClass owner = access.getTargetOwner();
      if (!inJournal(owner) && changing(access) && !marked(access.getOrigin())) {
        events.add(SimpleConditionEvent.violated(item, access.getDescription()));
      }
    }
  }

  private static Iterable<JavaCodeUnitAccess<?>> accesses(JavaClass item) {
    return Stream.<JavaCodeUnitAccess<?>>concat(
            item.getMethodCallsFromSelf().stream(), item.getMethodReferencesFromSelf().stream())
        .toList();
  }

  private static boolean changing(JavaCodeUnitAccess<?> access) {
    return access.getTarget().resolveMember().map(ChangingCalls::marked).orElse(false);
  }

  private static boolean marked(JavaCodeUnit unit) {
    if (!(unit instanceof JavaMethod method)) {
      return false;
    }
    String[] parameters =
        method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    JavaClass owner = method.getOwner();
    return Stream.of(
            Stream.of(owner),
            owner.getAllRawSuperclasses().stream(),
            owner.getAllRawInterfaces().stream())
        .flatMap(types -> types)
        .map(type -> type.tryGetMethod(method.getName(), parameters))
        .flatMap(Optional::stream)
        .anyMatch(candidate -> candidate.isAnnotatedWith(MARK));
  }

  private boolean inJournal(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(journal) || name.startsWith(journal + ".");
  }
}
