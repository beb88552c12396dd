package dev.quayside.secrets;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Secret;
import dev.quayside.engine.Engine;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.Intent;
import dev.quayside.stack.MissingValues;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes values for those secrets of a stack that have none, and for no other: a value that is there
 * stays. The file is replaced in one step. Safe for use by several threads.
 */
public final class Generation {

  private static final String ACTION = "generate";
  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final RotationParts parts;
  private final RotationStore store;

  /** Creates the operation. */
  public Generation(RotationParts parts) {
    this.parts = parts;
    this.store = new RotationStore(parts.home());
  }

  /**
   * Makes what is missing for all services of {@code stack}, blocking its caller. Refuses where a
   * value would be a new one for what already goes by an older.
   */
  public Outcome<GenerationReceipt> run(Stack stack) {
    return run(stack, List.of());
  }

  /** Makes what is missing for {@code services} and those they need; for none named, for all. */
  public Outcome<GenerationReceipt> run(Stack stack, List<String> services) {
    try {
      ComposeInvocation invocation = stack.invocation();
      if (invocation == null) {
        throw new ProblemException(Messages.of("secrets").problem("NO-INVOCATION", stack.name()));
      }
      StackDefinition definition = StackDefinition.read(parts.compose(), invocation);
      return planned(stack, invocation, definition, services);
    } catch (ProblemException | IOException failure) {
      return new Outcome.Failed<>(RotationRun.problem(failure));
    }
  }

  private Outcome<GenerationReceipt> planned(
      Stack stack, ComposeInvocation invocation, StackDefinition definition, List<String> wanted)
      throws ProblemException, IOException {
    Catalogue catalogue = parts.catalogue();
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    Set<String> services =
        wanted.isEmpty() ? definition.services().keySet() : definition.withDependencies(wanted);
    Path file = MissingValues.of(invocation, definition, kind, services).file();
    Path real = Files.exists(file) ? file.toRealPath() : file;
    try (ProcessLock lock = store.lock(real, Duration.ZERO)) {
      if (lock == null) {
        return new Outcome.Refused<>(Messages.of("secrets").problem("ROTATION-LOCKED", file));
      }
      // Under the lock nobody else of us changes the file.
      MissingValues missing = MissingValues.of(invocation, definition, kind, services);
      if (missing.makeable().isEmpty()) {
        return new Outcome.Done<>(receipt(stack, missing));
      }
      Problem parts = parted(stack, invocation, definition, kind, missing);
      if (parts != null) {
        return new Outcome.Refused<>(parts);
      }
      return written(stack, kind, missing, real);
    }
  }

  /** Says for which missing values there was an older one; null where all may be made. */
  private @Nullable Problem parted(
      Stack stack,
      ComposeInvocation invocation,
      StackDefinition definition,
      StackKind kind,
      MissingValues missing)
      throws ProblemException {
    OldValues old;
    try (Engine engine = parts.engines().connect()) {
      String project = invocation.project();
      old =
          new OldValues(
              kind,
              definition,
              OldValues.rootOf(kind, invocation.directory()),
              engine.list().stream()
                  .filter(container -> project.equals(container.project()))
                  .toList(),
              engine.volumes(project));
    }
    Set<String> names = new TreeSet<>();
    Set<String> traces = new TreeSet<>();
    for (String name : missing.generated()) {
      Set<String> of = old.of(Objects.requireNonNull(kind.secret(name)));
      if (!of.isEmpty()) {
        names.add(name);
        traces.addAll(of);
      }
    }
    return names.isEmpty()
        ? null
        : MESSAGES.problem(
            "GENERATE-OLD-VALUE",
            stack.name(),
            String.join(", ", names),
            String.join(", ", traces),
            missing.file());
  }

  private Outcome<GenerationReceipt> written(
      Stack stack, StackKind kind, MissingValues missing, Path file)
      throws ProblemException, IOException {
    boolean exists = Files.exists(file);
    if (exists && inPlace(stack, file)) {
      return new Outcome.Refused<>(MESSAGES.problem("GENERATE-IN-PLACE", stack.name(), file));
    }
    byte[] content = {};
    try (EnvFile old = exists ? EnvFile.read(file) : EnvFile.parse(file, new byte[0]);
        EnvFile changed = changed(old, kind, missing.makeable())) {
      content = changed.content();
      Map<String, String> details =
          Map.of("secrets", String.join(" ", missing.makeable()), "file", file.toString());
      Intent intent = parts.journal().begin(ACTION, stack.name(), details);
      try {
        write(file, content, exists);
      } catch (IOException failure) {
        intent.failed(Map.of("changed", "nothing"));
        throw failure;
      }
      intent.done(Map.of());
    } finally {
      Arrays.fill(content, (byte) 0);
    }
    return new Outcome.Done<>(receipt(stack, missing));
  }

  private static void write(Path file, byte[] content, boolean exists) throws IOException {
    if (exists) {
      EnvFileWriter.write(file, content, false);
    } else {
      AtomicFiles.create(file, content);
    }
  }

  /** A file that cannot be replaced in one step is left to a rotation, which keeps a copy. */
  private boolean inPlace(Stack stack, Path file) throws ProblemException, IOException {
    try (Engine engine = parts.engines().connect()) {
      return EnvFileWriter.inPlace(
          engine, Objects.requireNonNull(stack.invocation()).project(), file);
    }
  }

  private static EnvFile changed(EnvFile old, StackKind kind, List<String> names)
      throws ProblemException {
    ValueGenerator generator = new ValueGenerator(new SecureRandom());
    byte[] content = old.content();
    EnvFile changed = EnvFile.parse(old.path(), content);
    Arrays.fill(content, (byte) 0);
    boolean whole = false;
    try {
      for (String name : names) {
        CataloguedSecret secret = Objects.requireNonNull(kind.secret(name));
        try (EnvFile before = changed;
            Secret value = generator.generate(Objects.requireNonNull(secret.generator()))) {
          changed = filled(before, name, value);
        }
      }
      whole = true;
      return changed;
    } finally {
      if (!whole) {
        changed.close();
      }
    }
  }

  /** A name that is not there gets a line of its own at the end. */
  private static EnvFile filled(EnvFile file, String name, Secret value) throws ProblemException {
    EnvEntry entry = file.entry(name);
    if (entry != null) {
      return file.with(name, value);
    }
    byte[] content = file.content();
    byte[] lengthened = withLine(content, name);
    Arrays.fill(content, (byte) 0);
    try (EnvFile longer = EnvFile.parse(file.path(), lengthened)) {
      return longer.with(name, value);
    } finally {
      Arrays.fill(lengthened, (byte) 0);
    }
  }

  private static byte[] withLine(byte[] content, String name) {
    String end = "\n";
    for (int i = 1; i < content.length; i++) {
      if (content[i - 1] == '\r' && content[i] == '\n') {
        end = "\r\n";
      }
    }
    String before = content.length == 0 || content[content.length - 1] == '\n' ? "" : end;
    byte[] line = (before + name + "=" + end).getBytes(StandardCharsets.US_ASCII);
    byte[] longer = Arrays.copyOf(content, content.length + line.length);
    System.arraycopy(line, 0, longer, content.length, line.length);
    return longer;
  }

  private GenerationReceipt receipt(Stack stack, MissingValues missing) throws ProblemException {
    return new GenerationReceipt(
        stack.name(), missing.file(), missing.makeable(), missing.others(), parts.journal().head());
  }
}
