package dev.quayside.stack.settings;

import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.EnvSecrets;
import dev.quayside.stack.Stack;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Knows the sets of settings of a stack ({@code .env.prod} and the like) and switches to one. */
public final class EnvSets {

  private static final Messages MESSAGES = Messages.of("env");

  private final EnvParts parts;
  private final EnvFiles files;
  private final EnvEditing editing;
  private final EnvImpacts impacts;

  /** Creates it over the other operations. */
  public EnvSets(EnvParts parts, EnvFiles files, EnvEditing editing, EnvImpacts impacts) {
    this.parts = parts;
    this.files = files;
    this.editing = editing;
    this.impacts = impacts;
  }

  /**
   * Describes a set.
   *
   * @param name for example {@code prod}
   * @param target its file
   * @param active whether the active file has the same bytes
   * @param differences how many differences there are to the active file
   */
  public record EnvSet(String name, EnvTarget target, boolean active, int differences) {}

  /** Returns the sets beside the active file, the nearest to it first. */
  public List<EnvSet> list(Stack stack) throws ProblemException {
    return list(files.look(stack));
  }

  /** Returns the sets among {@code found}, the nearest to the active file first. */
  public List<EnvSet> list(EnvFiles.Found found) throws ProblemException {
    EnvTarget active = EnvFiles.find(found, null);
    byte[] present = content(active);
    try {
      List<EnvSet> sets = new ArrayList<>();
      for (EnvTarget target : found.all()) {
        String name = target.role() == EnvTarget.Role.SET ? EnvFiles.setName(target.file()) : null;
        boolean beside = Objects.equals(target.file().getParent(), active.file().getParent());
        if (name != null && beside) {
          byte[] own = content(target);
          try {
            int differences = new EnvDiff(parts.judge(target)).between(present, own).size();
            sets.add(new EnvSet(name, target, Arrays.equals(present, own), differences));
          } finally {
            Arrays.fill(own, (byte) 0);
          }
        }
      }
      sets.sort(Comparator.comparingInt(EnvSet::differences).thenComparing(EnvSet::name));
      return List.copyOf(sets);
    } finally {
      Arrays.fill(present, (byte) 0);
    }
  }

  /**
   * Plans to give the active file the content of a set; writes nothing. A set with which Compose
   * cannot read the project is refused.
   */
  public Outcome<EnvPlan> planSwitch(Stack stack, String name) {
    try {
      EnvFiles.Found found = files.look(stack);
      EnvTarget active = EnvFiles.find(found, null);
      List<EnvSet> sets = list(found);
      EnvSet wanted = sets.stream().filter(set -> set.name().equals(name)).findFirst().orElse(null);
      if (wanted == null) {
        String known = String.join(", ", sets.stream().map(EnvSet::name).sorted().toList());
        return new Outcome.Refused<>(
            MESSAGES.problem("ENV-NO-SET", name, known.isEmpty() ? MESSAGES.get("none") : known));
      }
      byte[] content = content(wanted.target());
      try {
        requireAccepted(active, wanted, content);
        return editing.planContent(active, content, "switch");
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    } catch (ProblemException failure) {
      return new Outcome.Refused<>(failure.problem());
    } catch (IOException failure) {
      return new Outcome.Failed<>(
          MESSAGES.problem("ENV-NO-IMPACT", String.valueOf(failure.getMessage())));
    }
  }

  private void requireAccepted(EnvTarget active, EnvSet wanted, byte[] content)
      throws ProblemException, IOException {
    ComposeInvocation called = Objects.requireNonNull(active.stack().invocation());
    StackKind kind = parts.catalogue().kind(active.stack().kind(), active.stack().era());
    List<Secret> wished = impacts.secrets(active, content);
    try (EnvSecrets present = EnvSecrets.of(parts.compose(), called, kind, parts.catalogue());
        Candidate candidate = Candidate.of(parts.home(), content)) {
      ComposeInvocation with = candidate.in(called, active.file());
      if (with != null) {
        List<Secret> masked = new ArrayList<>(present.values());
        masked.addAll(wished);
        parts.compose().config(with, masked).close();
      }
    } catch (ProblemException rejected) {
      throw new ProblemException(
          MESSAGES
              .problem("ENV-SET-REJECTED", wanted.target().name(), rejected.problem().happened())
              .withDetail(rejected.problem().detail()),
          rejected);
    } finally {
      wished.forEach(Secret::close);
    }
  }

  private static byte[] content(EnvTarget target) throws ProblemException {
    if (!Files.exists(target.file())) {
      return new byte[0];
    }
    try (EnvFile file = EnvFile.read(target.file())) {
      return file.content();
    }
  }
}
