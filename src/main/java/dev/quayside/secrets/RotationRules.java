package dev.quayside.secrets;

import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Messages;
import dev.quayside.common.Secret;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a secret may be rotated now, and says what it costs. */
final class RotationRules {

  private static final Messages MESSAGES = Messages.of("secrets");

  private RotationRules() {}

  /** Returns why {@code name} cannot be rotated, for people, or null where it can. */
  static @Nullable String refusal(String name, StackSecrets secrets) {
    CataloguedSecret known = secrets.kind().secret(name);
    RotationClass governing = known == null ? RotationClass.UNCLASSIFIED : known.governing();
    String byClass = byClass(governing);
    if (byClass != null || known == null) {
      String special = known == null || known.note().isEmpty() ? "" : " " + known.noteText();
      return byClass + special;
    }
    if (known.generator() == null || known.keyProbe() == null) {
      return MESSAGES.get("reason.noprobe");
    }
    return byFiles(name, secrets);
  }

  private static @Nullable String byClass(RotationClass governing) {
    return switch (governing) {
      case R1 -> null;
      case R0, R2, R3, R4, R5, R6, R7, UNCLASSIFIED -> MESSAGES.get("reason." + governing);
    };
  }

  private static @Nullable String byFiles(String name, StackSecrets secrets) {
    if (secrets.definition() == null) {
      return MESSAGES.get("reason.nodefinition");
    }
    List<EnvFile> files = secrets.filesWith(name);
    if (files.isEmpty()) {
      return MESSAGES.get("reason.notset");
    }
    if (files.size() > 1 || files.getFirst().count(name) > 1) {
      return MESSAGES.get("reason.copies");
    }
    EnvFile file = files.getFirst();
    EnvEntry entry = file.entry(name);
    if (entry == null || entry.empty()) {
      return MESSAGES.get("reason.notset");
    }
    if (file.brokenLine() != 0) {
      return MESSAGES.get("reason.broken", Integer.toString(file.brokenLine()));
    }
    if (!entry.agreed() || !entry.writable()) {
      return MESSAGES.get("reason.ambiguous");
    }
    String twin = twin(name, file, secrets.files());
    return twin == null ? null : MESSAGES.get("reason.twin", twin);
  }

  /**
   * Returns another name that has the same value, or null: whoever reads that one would go on with
   * the old value.
   */
  static @Nullable String twin(String name, EnvFile file, List<EnvFile> files) {
    try (Secret value = file.value(name)) {
      for (EnvFile each : files) {
        for (String other : each.names()) {
          if (value != null && !other.equals(name) && holds(each, other, value)) {
            return other;
          }
        }
      }
    }
    return null;
  }

  private static boolean holds(EnvFile file, String name, Secret wanted) {
    try (Secret value = file.value(name)) {
      return value != null && value.sameAs(wanted);
    }
  }

  /** Returns what rotating costs, for people. */
  static String cost(String name, StackSecrets secrets) {
    return MESSAGES.get("cost.R1", String.join(", ", secrets.consumers(name)));
  }
}
