package dev.quayside.secrets;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.Compose;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import dev.quayside.stack.Stack;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lists the secrets of a stack; reads only. Values stay inside; what leaves is a salted mark of
 * each.
 */
public final class SecretInventory {

  private static final Messages MESSAGES = Messages.of("secrets");

  private final Catalogue catalogue;
  private final Compose compose;
  private final Journal journal;
  private final Home home;

  /** Creates the operation. */
  public SecretInventory(Catalogue catalogue, Compose compose, Journal journal, Home home) {
    this.catalogue = catalogue;
    this.compose = compose;
    this.journal = journal;
    this.home = home;
  }

  /** Lists the secrets of {@code stack} in the order of their names. */
  public List<SecretStatus> list(Stack stack) throws ProblemException {
    Fingerprints fingerprints = Fingerprints.open(home);
    try (StackSecrets secrets = StackSecrets.read(stack, catalogue, compose)) {
      Map<String, String> marks = marks(secrets, fingerprints);
      Map<String, Instant> changes = changes(stack.name());
      List<SecretStatus> list = new ArrayList<>();
      for (String name : names(secrets)) {
        list.add(status(name, secrets, marks, changes.get(name)));
      }
      list.sort(Comparator.comparing(SecretStatus::name));
      return List.copyOf(list);
    }
  }

  /**
   * Marks the values of a stack's secrets for whoever holds {@code salt}: the HMAC-SHA-256 under
   * it, hexadecimal. A name with values that differ from file to file comes once for each.
   *
   * @param salt as many random bytes as the HMAC has; not kept
   * @return name and mark in the order of names; an empty value has none
   */
  public List<Map.Entry<String, String>> marks(Stack stack, byte[] salt) throws ProblemException {
    try (StackSecrets secrets = StackSecrets.read(stack, catalogue, compose)) {
      Set<Map.Entry<String, String>> marks = new LinkedHashSet<>();
      for (String name : new TreeSet<>(names(secrets))) {
        for (EnvFile file : secrets.filesWith(name)) {
          try (Secret value = file.value(name)) {
            if (value != null && value.length() > 0) {
              marks.add(Map.entry(name, Fingerprints.whole(value, salt)));
            }
          }
        }
      }
      return List.copyOf(marks);
    }
  }

  private Set<String> names(StackSecrets secrets) {
    Set<String> names = new LinkedHashSet<>();
    for (EnvFile file : secrets.files()) {
      for (String name : file.names()) {
        if (secrets.kind().secret(name) != null || catalogue.looksSecret(name)) {
          names.add(name);
        }
      }
    }
    for (CataloguedSecret known : secrets.kind().secrets()) {
      if (known.place() != CataloguedSecret.Place.ENV || secrets.referenced(known.name())) {
        names.add(known.name());
      }
    }
    if (secrets.definition() != null) {
      secrets.definition().services().values().stream()
          .flatMap(service -> service.variables().stream())
          .filter(catalogue::looksSecret)
          .forEach(names::add);
    }
    return names;
  }

  private static Map<String, String> marks(StackSecrets secrets, Fingerprints fingerprints) {
    Map<String, String> marks = new HashMap<>();
    for (EnvFile file : secrets.files()) {
      for (String name : file.names()) {
        try (Secret value = file.value(name)) {
          if (value != null) {
            marks.put(file.path() + "\n" + name, fingerprints.of(value));
          }
        }
      }
    }
    return marks;
  }

  private SecretStatus status(
      String name, StackSecrets secrets, Map<String, String> marks, @Nullable Instant changedAt) {
    CataloguedSecret known = secrets.kind().secret(name);
    Set<RotationClass> classes =
        known == null ? Set.of(RotationClass.UNCLASSIFIED) : known.classes();
    List<String> copies = new ArrayList<>();
    Set<String> own = new LinkedHashSet<>();
    for (EnvFile file : secrets.filesWith(name)) {
      for (EnvEntry entry : file.entries()) {
        if (entry.name().equals(name)) {
          copies.add(
              MESSAGES.get("copy.file", file.path().getFileName(), Integer.toString(entry.line())));
        }
      }
      own.add(marks.getOrDefault(file.path() + "\n" + name, ""));
    }
    if (known != null) {
      copies.addAll(known.copies());
    }
    Set<SecretFlag> flags = flags(name, known, secrets, own, marks);
    String refusal = RotationRules.refusal(name, secrets);
    return new SecretStatus(
        name,
        RotationClass.governing(classes),
        classes,
        copies,
        secrets.consumers(name),
        own.stream().filter(mark -> !mark.isEmpty()).reduce((_, last) -> last).orElse(""),
        changedAt,
        flags,
        refusal == null,
        refusal == null ? RotationRules.cost(name, secrets) : refusal);
  }

  private static Set<SecretFlag> flags(
      String name,
      @Nullable CataloguedSecret known,
      StackSecrets secrets,
      Set<String> own,
      Map<String, String> marks) {
    Set<SecretFlag> flags = EnumSet.noneOf(SecretFlag.class);
    boolean variable = known == null || known.place() == CataloguedSecret.Place.ENV;
    boolean empty = own.stream().allMatch(String::isEmpty);
    if (variable && empty) {
      flags.add(SecretFlag.MISSING);
    }
    if (own.stream().filter(mark -> !mark.isEmpty()).count() > 1) {
      flags.add(SecretFlag.DIFFERS);
    }
    boolean shared =
        marks.entrySet().stream()
            .filter(entry -> !entry.getKey().endsWith("\n" + name))
            .anyMatch(entry -> !entry.getValue().isEmpty() && own.contains(entry.getValue()));
    if (shared) {
      flags.add(SecretFlag.SHARED);
    }
    if (known != null && known.governing() == RotationClass.R0) {
      flags.add(SecretFlag.INERT);
    }
    for (EnvFile file : secrets.filesWith(name)) {
      addFileFlags(name, file, secrets, empty, flags);
    }
    return flags;
  }

  private static void addFileFlags(
      String name, EnvFile file, StackSecrets secrets, boolean empty, Set<SecretFlag> flags) {
    if (file.count(name) > 1) {
      flags.add(SecretFlag.DUPLICATE);
    }
    if (!empty && readableByOthers(file)) {
      flags.add(SecretFlag.READABLE_BY_OTHERS);
    }
    try (Secret value = file.value(name)) {
      if (value != null && secrets.kind().publicValues().contains(value.withUtf8(EnvFile::hash))) {
        flags.add(SecretFlag.PUBLIC);
      }
    }
  }

  private static boolean readableByOthers(EnvFile file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file.path());
      return mode.contains(PosixFilePermission.OTHERS_READ)
          || mode.contains(PosixFilePermission.GROUP_READ);
    } catch (IOException unknown) {
      return false;
    }
  }

  private Map<String, Instant> changes(String stack) throws ProblemException {
    Map<String, Instant> changes = new HashMap<>();
    for (JournalEntry entry : journal.entries()) {
      boolean rotated =
          entry.kind() == EntryKind.DONE
              && entry.action().equals(Rotation.ACTION)
              && entry.subject().equals(stack);
      if (rotated) {
        for (String name : entry.details().getOrDefault("secrets", "").split(" ", -1)) {
          changes.put(name, entry.at());
        }
      }
    }
    return changes;
  }
}
