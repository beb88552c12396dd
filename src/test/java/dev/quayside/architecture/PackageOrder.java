package dev.quayside.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Holds the one fixed order of the packages below {@code root}: a package may use only those before
 * it, and packages on the same step do not see each other.
 */
final class PackageOrder extends ArchCondition<JavaClass> {

  private static final List<List<String>> STEPS =
      List.of(
          List.of("common"),
          List.of("pgp"),
          List.of("engine"),
          List.of("journal"),
          List.of("telemetry"),
          List.of("catalogue"),
          List.of("stack"),
          List.of("exposure"),
          List.of("backup"),
          List.of("secrets"),
          List.of("models"),
          List.of("setup"),
          List.of("update"),
          List.of("access"),
          List.of("alerts"),
          List.of("audit"),
          List.of("incident"),
          List.of("ui", "cli"),
          List.of("app"));

  private final String root;

  PackageOrder(String root) {
    super("use only packages that come before their own");
    this.root = root;
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    Optional<String> own = feature(item);
    OptionalInt ownStep = own.map(PackageOrder::step).orElse(OptionalInt.empty());
    if (ownStep.isEmpty()) {
      events.add(
          SimpleConditionEvent.violated(
              item, item.getName() + " lies in no package of the order " + STEPS));
      return;
    }
    for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
      Optional<String> other = feature(dependency.getTargetClass());
      if (other.isPresent() && !other.equals(own) && !before(other.get(), ownStep.getAsInt())) {
        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
      }
    }
  }

  private static boolean before(String other, int ownStep) {
    OptionalInt step = step(other);
    return step.isPresent() && step.getAsInt() < ownStep;
  }

  private static OptionalInt step(String feature) {
    return IntStream.range(0, STEPS.size()).filter(i -> STEPS.get(i).contains(feature)).findFirst();
  }

  private Optional<String> feature(JavaClass type) {
    String prefix = root + ".";
    String name = type.getBaseComponentType().getPackageName();
    if (!name.startsWith(prefix)) {
      return name.equals(root) ? Optional.of("") : Optional.empty();
    }
    return Optional.of(name.substring(prefix.length()).split("\\.", 2)[0]);
  }
}
