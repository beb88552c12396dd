package dev.quayside.secrets;

import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.Generator;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Works out what a rotation would change; changes nothing. */
final class RotationPlanner {

  private static final String MASK = "••••••••";
  private static final int LONGEST_NAME = 80;
  private static final Messages MESSAGES = Messages.of("secrets");

  private final Home home;

  RotationPlanner(Home home) {
    this.home = home;
  }

  Outcome<RotationPlan> plan(StackSecrets secrets, List<String> names) throws ProblemException {
    if (names.isEmpty()) {
      return refused("NOTHING-TO-ROTATE", secrets.stack().name());
    }
    Set<String> wanted = new LinkedHashSet<>(names);
    for (String name : wanted) {
      String shown = ForeignText.line(name, LONGEST_NAME);
      boolean known =
          secrets.kind().secret(name) != null
              || !secrets.filesWith(name).isEmpty()
              || secrets.referenced(name);
      if (!known) {
        return refused("SECRET-UNKNOWN", shown, secrets.stack().name());
      }
      String refusal = RotationRules.refusal(name, secrets);
      if (refusal != null) {
        return refused("SECRET-NOT-ROTATABLE", shown, refusal);
      }
    }
    List<EnvFile> files =
        wanted.stream().map(name -> secrets.filesWith(name).getFirst()).distinct().toList();
    return files.size() > 1
        ? refused("SEVERAL-FILES", String.join(", ", wanted))
        : planned(secrets, wanted, files.getFirst());
  }

  private Outcome<RotationPlan> planned(StackSecrets secrets, Set<String> names, EnvFile file)
      throws ProblemException {
    Set<String> consumers = new TreeSet<>();
    names.forEach(name -> consumers.addAll(secrets.consumers(name)));
    Set<String> absent = new TreeSet<>();
    List<String> idle = new ArrayList<>();
    for (String consumer : consumers) {
      List<Container> containers = containers(secrets.stack(), consumer);
      if (containers.isEmpty()) {
        absent.add(consumer);
      } else if (containers.stream().noneMatch(Container::live)) {
        idle.add(consumer);
      }
    }
    if (!idle.isEmpty()) {
      return stopped(idle, secrets.stack().name());
    }
    for (String name : names) {
      String probed = Objects.requireNonNull(known(secrets, name).probe()).service();
      if (absent.contains(probed) || containers(secrets.stack(), probed).isEmpty()) {
        return stopped(List.of(probed), secrets.stack().name());
      }
    }
    Set<String> present = new TreeSet<>(consumers);
    present.removeAll(absent);
    List<String> ordered = Objects.requireNonNull(secrets.definition()).inOrder(present);
    return new Outcome.Done<>(plan(secrets, names, file, ordered, List.copyOf(absent)));
  }

  private RotationPlan plan(
      StackSecrets secrets,
      Set<String> names,
      EnvFile file,
      List<String> recreated,
      List<String> absent)
      throws ProblemException {
    Fingerprints fingerprints = Fingerprints.open(home);
    List<RotationPlan.PlannedSecret> planned = new ArrayList<>();
    List<String> diff = new ArrayList<>();
    for (String name : names) {
      EnvEntry entry = Objects.requireNonNull(file.entry(name));
      Generator generator = Objects.requireNonNull(known(secrets, name).generator());
      try (Secret value = Objects.requireNonNull(file.value(name))) {
        planned.add(
            new RotationPlan.PlannedSecret(
                name,
                entry.line(),
                format(generator),
                secrets.consumers(name),
                fingerprints.of(value)));
      }
      diff.add("@@ " + file.path().getFileName() + ":" + entry.line() + " @@");
      diff.add("-" + name + "=" + MASK);
      diff.add("+" + name + "=" + MASK + "  (" + format(generator) + ")");
    }
    return new RotationPlan(
        secrets.stack(),
        planned,
        realPath(file),
        file.hash(),
        diff,
        recreated,
        absent,
        notes(secrets, names, recreated));
  }

  private static Path realPath(EnvFile file) throws ProblemException {
    try {
      return file.path().toRealPath();
    } catch (IOException gone) {
      throw new ProblemException(MESSAGES.problem("ENV-CHANGED", file.path()), gone);
    }
  }

  private static List<String> notes(
      StackSecrets secrets, Set<String> names, List<String> recreated) {
    List<String> notes = new ArrayList<>();
    notes.add(MESSAGES.get("cost.R1", String.join(", ", recreated)));
    recreated.stream()
        .filter(secrets.kind().signsOut()::contains)
        .forEach(service -> notes.add(MESSAGES.get("note.signs-out", service)));
    for (String name : names) {
      String note = known(secrets, name).noteText();
      if (!note.isEmpty()) {
        notes.add(note);
      }
    }
    return notes;
  }

  static CataloguedSecret known(StackSecrets secrets, String name) {
    return Objects.requireNonNull(secrets.kind().secret(name));
  }

  private static List<Container> containers(Stack stack, String service) {
    return stack.services().stream()
        .filter(one -> one.name().equals(service))
        .map(StackService::containers)
        .findFirst()
        .orElse(List.of());
  }

  static String format(Generator generator) {
    String characters = Integer.toString(generator.length() - generator.prefix().length());
    String alphabet = MESSAGES.get("alphabet." + generator.alphabet(), characters);
    return generator.prefix().isEmpty()
        ? alphabet
        : MESSAGES.get("format.prefix", generator.prefix(), alphabet);
  }

  private static Outcome<RotationPlan> stopped(List<String> services, String stack) {
    return refused(
        "CONSUMER-STOPPED", String.join(", ", services), stack, String.join(" ", services));
  }

  private static Outcome<RotationPlan> refused(String code, Object... arguments) {
    return new Outcome.Refused<>(MESSAGES.problem(code, arguments));
  }
}
