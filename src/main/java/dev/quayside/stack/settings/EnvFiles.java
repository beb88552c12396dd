package dev.quayside.stack.settings;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.catalogue.KnownEnvFile;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the environment files of a stack; reads definitions, changes nothing. */
public final class EnvFiles {

  private static final Messages MESSAGES = Messages.of("env");
  private static final Pattern SET = Pattern.compile("\\.env\\.([A-Za-z0-9][A-Za-z0-9_-]*)");

  /** Names of copies and patterns, which are no sets to switch to. */
  private static final Pattern NO_SET =
      Pattern.compile(
          "(?i)(.*[_-])?(examples?|samples?|templates?|tmpl|schema|dist|defaults?|backup|bak|save"
              + "|saved|old|orig|new|tmp)[0-9]*([_-].*)?");

  private final EnvParts parts;

  /** Creates the finder. */
  public EnvFiles(EnvParts parts) {
    this.parts = parts;
  }

  /**
   * Lists the files of a stack.
   *
   * @param stack whose they are
   * @param all those that Compose reads first
   * @param unlisted why files that only the definition names are missing; null where none is
   */
  public record Found(Stack stack, List<EnvTarget> all, @Nullable Problem unlisted) {
    /** Makes the list immutable. */
    public Found {
      all = List.copyOf(all);
    }
  }

  /** Returns the files, those that Compose reads first, as far as they can be told. */
  public List<EnvTarget> list(Stack stack) throws ProblemException {
    return look(stack).all();
  }

  /**
   * Looks for the files. A definition that cannot be read costs only those that it alone names, and
   * that is said. Asks Compose, which may take seconds.
   */
  public Found look(Stack stack) throws ProblemException {
    ComposeInvocation invocation = invocation(stack);
    Problem unlisted = null;
    List<Path> ofServices = List.of();
    try {
      ofServices = ofServices(invocation);
    } catch (ProblemException unreadable) {
      unlisted = unreadable.problem();
    }
    StackKind kind = parts.catalogue().kind(stack.kind(), stack.era());
    Map<Path, EnvTarget> found = new LinkedHashMap<>();
    try {
      List<Path> active = invocation.envFilesInUse();
      for (Path path : active) {
        add(found, stack, kind, path, EnvTarget.Role.ACTIVE, null);
      }
      for (Path path : ofServices) {
        add(found, stack, kind, path, EnvTarget.Role.OF_SERVICES, null);
      }
      for (Path root : roots(invocation)) {
        for (KnownEnvFile known : kind.envFiles()) {
          Path path = root.resolve(known.path());
          if (Files.isRegularFile(path)) {
            add(found, stack, kind, path, EnvTarget.Role.KNOWN, null);
          }
        }
      }
      for (Path path : active) {
        EnvTarget of = found.get(real(path));
        for (Path set : sets(path)) {
          add(found, stack, kind, set, EnvTarget.Role.SET, of == null ? null : of.readers());
        }
      }
    } catch (IOException failure) {
      throw new ProblemException(
          MESSAGES.problem("ENV-NO-LIST", stack.name(), String.valueOf(failure.getMessage())),
          failure);
    }
    return new Found(stack, List.copyOf(found.values()), unlisted);
  }

  /**
   * Returns the file called {@code name}; for null the one that Compose reads.
   *
   * @throws ProblemException that names the files there are, if it is none of them or not clear
   */
  public EnvTarget find(Stack stack, @Nullable String name) throws ProblemException {
    return find(look(stack), name);
  }

  /** Does {@link #find(Stack, String)} in a list that is at hand. */
  public static EnvTarget find(Found found, @Nullable String name) throws ProblemException {
    List<EnvTarget> meant =
        found.all().stream()
            .filter(target ->
                name == null
                    ? target.role() == EnvTarget.Role.ACTIVE
                    : target.name().equals(name) || target.file().toString().equals(name))
            .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    String list = found.all().stream().map(EnvTarget::name).collect(Collectors.joining(", "));
    String code = name == null ? "ENV-WHICH-FILE" : "ENV-NOT-OF-STACK";
    Problem none =
        MESSAGES.problem(
            code, found.stack().name(), list, name == null ? "" : ForeignText.line(name, 200));
    Problem unlisted = found.unlisted();
    throw new ProblemException(
        unlisted == null
            ? none
            : none.withDetail(MESSAGES.get("unlisted", unlisted.title(), unlisted.happened())));
  }

  private static ComposeInvocation invocation(Stack stack) throws ProblemException {
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      throw new ProblemException(MESSAGES.problem("ENV-NO-INVOCATION", stack.name()));
    }
    return invocation;
  }

  private List<Path> ofServices(ComposeInvocation invocation) throws ProblemException {
    List<Path> files = new ArrayList<>();
    StackDefinition.read(parts.compose(), invocation)
        .services()
        .values()
        .forEach(service -> files.addAll(service.envFiles()));
    return files;
  }

  /** Returns where paths of the catalogue begin: some stacks keep their Compose file one below. */
  private static List<Path> roots(ComposeInvocation invocation) {
    Path directory = invocation.directory().normalize();
    Path above = directory.getParent();
    return above == null ? List.of(directory) : List.of(directory, above);
  }

  private static List<Path> sets(Path active) throws IOException {
    Path folder = active.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> sets = new ArrayList<>();
    try (var beside = Files.newDirectoryStream(folder, ".env.*")) {
      for (Path path : beside) {
        if (setName(path) != null && Files.isRegularFile(path)) {
          sets.add(path);
        }
      }
    }
    sets.sort(null);
    return sets;
  }

  /** Returns the name of the set that a file is, for example {@code prod}; null for none. */
  static @Nullable String setName(Path file) {
    Matcher matcher = SET.matcher(String.valueOf(file.getFileName()));
    return matcher.matches() && !NO_SET.matcher(matcher.group(1)).matches()
        ? matcher.group(1)
        : null;
  }

  private static void add(
      Map<Path, EnvTarget> found,
      Stack stack,
      StackKind kind,
      Path path,
      EnvTarget.Role role,
      @Nullable Set<EnvReader> readers)
      throws IOException {
    Path real = real(path);
    if (!found.containsKey(real)) {
      ComposeInvocation invocation = java.util.Objects.requireNonNull(stack.invocation());
      Set<EnvReader> of = readers == null ? readers(kind, invocation, path) : readers;
      found.put(real, new EnvTarget(stack, real, shown(invocation, path), role, of));
    }
  }

  private static Set<EnvReader> readers(StackKind kind, ComposeInvocation invocation, Path path) {
    for (Path root : roots(invocation)) {
      if (path.normalize().startsWith(root)) {
        String relative = root.relativize(path.normalize()).toString();
        if (kind.envFiles().stream().anyMatch(file -> file.path().equals(relative))) {
          return kind.readers(relative);
        }
      }
    }
    return EnvFile.USUAL;
  }

  private static String shown(ComposeInvocation invocation, Path path) {
    for (Path root : roots(invocation)) {
      if (path.normalize().startsWith(root)) {
        return root.relativize(path.normalize()).toString();
      }
    }
    return path.toString();
  }

  /** Returns {@code path} with links resolved, as far as it exists. */
  public static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.exists(absolute)) {
      return absolute.toRealPath();
    }
    Path folder = absolute.getParent();
    return folder != null && Files.isDirectory(folder)
        ? folder.toRealPath().resolve(absolute.getFileName())
        : absolute;
  }
}
