package dev.quayside.stack.adopt;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.KindLayout;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.StackDefinition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Understands a stack from its folder: which kind it is, how its owner calls Compose, and what
 * Compose says of its files. Reads only; Compose is asked for the resolved structure and nothing
 * else. Safe for use by several threads.
 */
public final class StackDetector {

  private static final Messages MESSAGES = Messages.of("adoption");

  /** What Compose says where a file of another machine is named and its loaders are off. */
  private static final String REMOTE_IS_OFF = "remote resource is disabled";

  /** What Compose takes for the name of a project (compose-go, {@code NormalizeProjectName}). */
  private static final String PROJECT_FORM = "[a-z0-9][a-z0-9_-]*";

  private static final int LONGEST = 400;
  private static final int FOLDERS_LOOKED_AT = 200;

  private final Catalogue catalogue;
  private final Compose compose;

  /** Creates a detector. */
  public StackDetector(Catalogue catalogue, Compose compose) {
    this.catalogue = catalogue;
    this.compose = compose;
  }

  /**
   * Looks at {@code folder}: the stack's root, or the project directory inside it.
   *
   * @throws ProblemException if it is no folder or holds no stack; it then names a folder inside
   *     that does, where there is one
   */
  public FoundStack look(Path folder, Wishes wishes) throws ProblemException {
    Path given = folder.toAbsolutePath().normalize();
    if (!wishes.project().isEmpty() && !wishes.project().matches(PROJECT_FORM)) {
      throw new ProblemException(
          MESSAGES.problem("PROJECT-FORM", ForeignText.line(wishes.project(), LONGEST)));
    }
    if (Files.isRegularFile(given)) {
      throw new ProblemException(
          MESSAGES.problem("A-FILE", given, above(given), given.getFileName()));
    }
    if (!Files.isDirectory(given)) {
      throw new ProblemException(MESSAGES.problem("NO-FOLDER", given));
    }
    requireNamed(given, wishes);
    Path root = rootOf(given);
    StackKind byFiles = catalogue.kindOfFolder(root);
    KindLayout layout = byFiles.layout();
    ComposeFiles.Listed listed =
        wishes.files().isEmpty()
            ? ComposeFiles.of(root, layout)
            : new ComposeFiles.Listed(
                wishes.files().stream().map(given::resolve).map(Path::normalize).toList(),
                FoundStack.Origin.NAMED);
    if (listed.files().isEmpty()) {
      throw nothingHere(root);
    }
    Path directory =
        listed.origin() == FoundStack.Origin.KIND
            ? root.resolve(layout.directory()).normalize()
            : directoryOf(root, listed.files().getFirst());
    List<Path> envFiles = envFiles(root, given, layout, wishes);
    if (envFiles.isEmpty()
        && listed.origin() == FoundStack.Origin.VARIABLE
        && !directory.equals(root)) {
      // Compose found its list there, and reads nothing beside.
      envFiles = List.of(root.resolve(".env"));
    }
    ComposeInvocation invocation =
        new ComposeInvocation(
            wishes.project(), directory, listed.files(), envFiles, wishes.profiles());
    FoundStack found = understood(root, byFiles, invocation, listed.origin());
    requireProfiles(found, wishes);
    return found;
  }

  /** Throws where a file was named that is not there: that is a slip, not a fault of the stack. */
  private static void requireNamed(Path given, Wishes wishes) throws ProblemException {
    List<Path> named = new ArrayList<>(wishes.files());
    named.addAll(wishes.envFiles());
    for (Path one : named) {
      Path file = given.resolve(one).normalize();
      if (Files.notExists(file)) {
        throw new ProblemException(
            MESSAGES.problem("NAMED-MISSING", file.getFileName(), above(file)));
      }
    }
  }

  private static Path above(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  /** Throws where a profile was named that the definition does not have. */
  private static void requireProfiles(FoundStack found, Wishes wishes) throws ProblemException {
    StackDefinition definition = found.definition();
    if (definition == null) {
      return;
    }
    Set<String> known = new TreeSet<>();
    definition.services().values().forEach(service -> known.addAll(service.profiles()));
    for (String name : wishes.profiles()) {
      // Compose takes the star for all of them.
      if (!known.contains(name) && !name.equals("*")) {
        Messages lifecycle = Messages.of("lifecycle");
        throw new ProblemException(
            lifecycle.problem(
                "PROFILE-UNKNOWN",
                ForeignText.line(name, LONGEST),
                definition.project(),
                known.isEmpty() ? lifecycle.get("none") : String.join(", ", known)));
      }
    }
  }

  /** Returns what Compose gets of the session's variable {@code name}; null for none. */
  public @Nullable String sessionValue(String name) {
    return compose.sessionValue(name);
  }

  /** Returns the folder above where the given one is the project directory of a known layout. */
  private Path rootOf(Path given) {
    Path above = given.getParent();
    if (above == null || isKnown(given)) {
      return given;
    }
    StackKind kind = catalogue.kindOfFolder(above);
    String directory = kind.layout().directory();
    return !directory.equals(".") && above.resolve(directory).normalize().equals(given)
        ? above
        : given;
  }

  private boolean isKnown(Path folder) {
    return !catalogue.kindOfFolder(folder).id().equals(StackKind.GENERIC);
  }

  /** Returns the folder that Compose takes paths relative to: that of the first file. */
  private static Path directoryOf(Path root, Path first) {
    Path parent = first.getParent();
    return parent == null ? root : parent;
  }

  private static List<Path> envFiles(Path root, Path given, KindLayout layout, Wishes wishes) {
    if (!wishes.envFiles().isEmpty()) {
      return wishes.envFiles().stream().map(given::resolve).map(Path::normalize).toList();
    }
    // Named even where it is missing yet: its absence is a fault to be told, not another call.
    return layout.envFile().isEmpty() ? List.of() : List.of(root.resolve(layout.envFile()));
  }

  /**
   * Holds what Compose makes of the files of an invocation.
   *
   * @param definition the structure; null where the files are rejected
   * @param complaint why, with file and line as far as they can be told; null where they are not
   */
  public record Answer(@Nullable StackDefinition definition, @Nullable Problem complaint) {}

  /**
   * Asks Compose, the parser of record, what it makes of the files of {@code invocation}.
   *
   * @throws ProblemException if Compose itself does not work
   */
  public Answer ask(ComposeInvocation invocation) throws ProblemException {
    try {
      return new Answer(StackDefinition.read(compose, invocation), null);
    } catch (ProblemException rejected) {
      return new Answer(null, complaint(rejected, invocation));
    }
  }

  private FoundStack understood(
      Path root, StackKind byFiles, ComposeInvocation invocation, FoundStack.Origin origin)
      throws ProblemException {
    Answer answer = ask(invocation);
    StackDefinition definition = answer.definition();
    StackKind kind = kind(byFiles, definition);
    ComposeInvocation named =
        new ComposeInvocation(
            definition == null ? fallbackProject(invocation) : definition.project(),
            invocation.directory(),
            invocation.files(),
            invocation.envFiles(),
            invocation.profiles());
    return new FoundStack(
        root,
        kind.id(),
        kind.era(),
        named,
        origin,
        definition,
        answer.complaint(),
        ComposeFiles.others(root, invocation.files()));
  }

  private StackKind kind(StackKind byFiles, @Nullable StackDefinition definition) {
    if (definition == null || !byFiles.id().equals(StackKind.GENERIC)) {
      return byFiles;
    }
    return catalogue.kindOf(definition.services().keySet(), Set.of());
  }

  /** Turns Compose's rejection into one with the place; any other failure is thrown on. */
  private Problem complaint(ProblemException rejected, ComposeInvocation invocation)
      throws ProblemException {
    Problem problem = rejected.problem();
    if (!problem.code().equals(EngineFault.COMPOSE_FAILED.code())) {
      if (problem.code().startsWith("COMPOSE-FILE-")) {
        return problem;
      }
      throw rejected;
    }
    if (problem.happened().contains(REMOTE_IS_OFF)) {
      return remote(ComplaintPlace.remote(invocation.files()), invocation);
    }
    ComplaintPlace place = ComplaintPlace.find(problem.happened(), invocation.files());
    if (place.file() == null && place.line() > 0) {
      place = new ComplaintPlace(guilty(invocation), place.line());
    }
    String message = ForeignText.line(problem.happened(), LONGEST);
    Path file = place.file();
    if (file == null) {
      return MESSAGES.problem("COMPOSE-REJECTS", files(invocation), message);
    }
    return place.line() == 0
        ? MESSAGES.problem("COMPOSE-REJECTS", file, message)
        : MESSAGES.problem("COMPOSE-REJECTS-AT", file, Integer.toString(place.line()), message);
  }

  private static Problem remote(ComplaintPlace place, ComposeInvocation invocation) {
    Path file = place.file();
    return file == null
        ? MESSAGES.problem("REMOTE-FILES", files(invocation))
        : MESSAGES.problem("REMOTE-FILES-AT", file, Integer.toString(place.line()));
  }

  private static String files(ComposeInvocation invocation) {
    return String.join(", ", invocation.files().stream().map(Path::toString).toList());
  }

  /** Returns the first file that is no YAML even by itself; null where that cannot be told. */
  private @Nullable Path guilty(ComposeInvocation invocation) {
    for (Path file : invocation.files()) {
      try {
        compose.structure(
            new ComposeInvocation(
                "quayside",
                invocation.directory(),
                List.of(file),
                invocation.envFiles(),
                List.of()));
      } catch (ProblemException rejected) {
        if (rejected.problem().happened().contains("yaml:")) {
          return file;
        }
      }
    }
    return null;
  }

  /**
   * Returns the name that Compose would find where it cannot read the files: the variable, else the
   * folder's name without what a project's name may not have (compose-go, {@code
   * NormalizeProjectName}).
   */
  private static String fallbackProject(ComposeInvocation invocation) {
    if (!invocation.project().isEmpty()) {
      return invocation.project();
    }
    String variable = ComposeFiles.value(invocation.directory(), "COMPOSE_PROJECT_NAME");
    if (variable != null && variable.matches(PROJECT_FORM)) {
      return variable;
    }
    Path folder = invocation.directory().getFileName();
    String name =
        (folder == null ? "" : folder.toString())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]", "")
            .replaceAll("^[_-]+", "");
    return name.isEmpty() ? "stack" : name;
  }

  private ProblemException nothingHere(Path root) {
    List<String> inside = new ArrayList<>();
    for (Path folder : folders(root)) {
      if (!ComposeFiles.of(folder, catalogue.kindOfFolder(folder).layout()).files().isEmpty()) {
        inside.add(ForeignText.line(folder.toString(), LONGEST));
      }
    }
    return new ProblemException(
        inside.isEmpty()
            ? MESSAGES.problem("NO-STACK", root)
            : MESSAGES.problem("STACK-INSIDE", root, String.join(", ", inside)));
  }

  private static Set<Path> folders(Path root) {
    Set<Path> folders = new TreeSet<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path folder : stream) {
        if (folders.size() < FOLDERS_LOOKED_AT) {
          folders.add(folder);
        }
      }
    } catch (IOException unreadable) {
      return Set.of();
    }
    return folders;
  }
}
