package dev.quayside.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * Keeps the pages apart: below {@code ui} a feature uses itself, the shell and the base packages.
 * The base packages and the shell know no feature, and the shell is unknown to the base. Only the
 * package {@code ui} itself, where the pages are put together, sees them all.
 */
final class UserInterfaceFeatures extends ArchCondition<JavaClass> {

  private static final Set<String> BASE = Set.of("fx", "theme", "action", "dialog", "control");

  /** What several pages share above the shell; it knows no page either. */
  private static final Set<String> SHARED = Set.of("table");

  private static final String SHELL = "shell";
  private static final String ASSEMBLY = "";

  private final String userInterface;

  UserInterfaceFeatures(String root) {
    super(
        "use below ui only themselves, the shell and the base packages " + BASE + " and " + SHARED);
    this.userInterface = root + ".ui";
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    String own = part(item);
    if (own == null || own.equals(ASSEMBLY)) {
      return;
    }
    for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
      String other = part(dependency.getTargetClass());
      if (other != null && !allowed(own, other)) {
        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
      }
    }
  }

  private static boolean allowed(String own, String other) {
    return own.equals(other)
        || BASE.contains(other)
        || (other.equals(SHELL) && !BASE.contains(own))
        || (SHARED.contains(other) && !BASE.contains(own) && !own.equals(SHELL));
  }

  /** Returns the part of the interface that {@code type} belongs to, or null if it lies outside. */
  private String part(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    if (name.equals(userInterface)) {
      return ASSEMBLY;
    }
    return name.startsWith(userInterface + ".")
        ? name.substring(userInterface.length() + 1).split("\\.", 2)[0]
        : null;
  }
}
