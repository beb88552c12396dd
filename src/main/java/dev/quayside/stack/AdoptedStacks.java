package dev.quayside.stack;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.engine.compose.ComposeInvocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the list of adopted stacks in {@code stacks.json} of the configuration folder. It holds
 * paths and names, no values. Writers of several processes take turns; a file of which anything
 * cannot be understood is never overwritten. Safe for use by several threads.
 */
public final class AdoptedStacks {

  private static final Messages MESSAGES = Messages.of("adoption");
  private static final String NAME = "stacks.json";
  private static final int VERSION = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST = 1024 * 1024;

  private final Path file;
  private @Nullable FileTime readAt;
  private List<AdoptedStack> known = List.of();

  /** Creates the list of {@code home}; reads nothing yet. */
  public AdoptedStacks(Home home) {
    this.file = home.config().resolve(NAME);
  }

  /** Returns the adopted stacks in the order of their names. */
  public synchronized List<AdoptedStack> all() throws ProblemException {
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      if (!modified.equals(readAt)) {
        known = parse(text());
        readAt = modified;
      }
    } catch (NoSuchFileException none) {
      known = List.of();
      readAt = null;
    } catch (IOException | JacksonException | DateTimeException | InvalidPathException failure) {
      throw unreadable(failure);
    }
    return known;
  }

  private ProblemException unreadable(Exception failure) {
    return new ProblemException(
        MESSAGES.problem("LIST-UNREADABLE", file, String.valueOf(failure.getMessage())), failure);
  }

  private String text() throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("larger than 1 MiB");
    }
    return Files.readString(file);
  }

  /**
   * Adds {@code stack}, in the place of one of the same root.
   *
   * @throws ProblemException if another stack has its name or its Compose project, or one of them
   *     is called as the other's Compose project
   */
  public void add(AdoptedStack stack) throws ProblemException {
    change(list -> {
      list.removeIf(other -> other.root().equals(stack.root()));
      requireFree(stack, list);
      list.add(stack);
      return true;
    });
  }

  /**
   * Puts {@code now} in the place of {@code before}, if that is on the list just as it was; returns
   * whether it is. One that was forgotten or adopted anew meanwhile stays so.
   */
  public boolean replace(AdoptedStack before, AdoptedStack now) throws ProblemException {
    return change(list -> {
      if (!list.remove(before)) {
        return false;
      }
      requireFree(now, list);
      list.add(now);
      return true;
    });
  }

  /** Throws where a name would mean two stacks: what is done to the one could reach the other. */
  private static void requireFree(AdoptedStack stack, List<AdoptedStack> others)
      throws ProblemException {
    for (AdoptedStack other : others) {
      if (other.name().equals(stack.name())) {
        throw new ProblemException(MESSAGES.problem("NAME-TAKEN", stack.name(), other.root()));
      }
      if (other.project().equals(stack.project())) {
        throw new ProblemException(
            MESSAGES.problem("PROJECT-TAKEN", stack.project(), other.root()));
      }
      if (other.project().equals(stack.name())) {
        throw new ProblemException(MESSAGES.problem("NAME-PROJECT", stack.name(), other.root()));
      }
      if (other.name().equals(stack.project())) {
        throw new ProblemException(MESSAGES.problem("PROJECT-NAME", stack.project(), other.root()));
      }
    }
  }

  /** Takes the stack called {@code name} off the list; returns whether it was on it. */
  public boolean forget(String name) throws ProblemException {
    return change(list -> {
      AdoptedStack meant = named(list, name);
      return meant != null && list.remove(meant);
    });
  }

  /** Returns the one called {@code name}, or else the one whose Compose project that is. */
  public static @Nullable AdoptedStack named(List<AdoptedStack> list, String name) {
    return list.stream()
        .filter(stack -> stack.name().equals(name))
        .findFirst()
        .or(() -> list.stream().filter(stack -> stack.project().equals(name)).findFirst())
        .orElse(null);
  }

  private interface Change {
    boolean on(List<AdoptedStack> list) throws ProblemException;
  }

  private synchronized boolean change(Change change) throws ProblemException {
    try {
      Path folder =
          Files.createDirectories(
              file.toAbsolutePath().getParent(),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (ProcessLock lock = ProcessLock.acquire(folder.resolve(NAME + ".lock"), PATIENCE)) {
        if (lock == null) {
          throw new ProblemException(MESSAGES.problem("LIST-LOCKED", file));
        }
        readAt = null;
        List<AdoptedStack> list = new ArrayList<>(all());
        boolean changed = change.on(list);
        if (changed) {
          list.sort(java.util.Comparator.comparing(AdoptedStack::name));
          write(json(list).getBytes(StandardCharsets.UTF_8));
          readAt = null;
        }
        return changed;
      }
    } catch (IOException failure) {
      throw new ProblemException(
          MESSAGES.problem("LIST-UNWRITABLE", file, String.valueOf(failure.getMessage())), failure);
    }
  }

  private void write(byte[] content) throws IOException {
    if (Files.exists(file)) {
      AtomicFiles.replace(file, content);
    } else {
      AtomicFiles.create(file, content);
    }
  }

  private static List<AdoptedStack> parse(String text) throws IOException {
    JsonNode root = JsonMapper.builder().build().readTree(text);
    if (root.path("version").intValue(0) != VERSION) {
      throw new IOException("not of version " + VERSION);
    }
    List<AdoptedStack> stacks = new ArrayList<>();
    for (JsonNode node : root.required("stacks")) {
      Path directory = absolute(node.required("directory").stringValue());
      stacks.add(
          new AdoptedStack(
              node.required("name").stringValue(),
              absolute(node.required("root").stringValue()),
              node.required("kind").stringValue(),
              node.path("era").stringValue(""),
              new ComposeInvocation(
                  node.required("project").stringValue(),
                  directory,
                  paths(node.path("files")),
                  paths(node.path("envFiles")),
                  texts(node.path("profiles"))),
              Instant.parse(node.required("adopted").stringValue())));
    }
    return List.copyOf(stacks);
  }

  private static Path absolute(String text) throws IOException {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IOException("a path in it is not absolute");
    }
    return path;
  }

  private static List<Path> paths(JsonNode node) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String text : texts(node)) {
      paths.add(absolute(text));
    }
    return paths;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(text -> texts.add(text.stringValue()));
    return texts;
  }

  private static String json(List<AdoptedStack> list) {
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode root = mapper.createObjectNode().put("version", VERSION);
    ArrayNode array = root.putArray("stacks");
    for (AdoptedStack stack : list) {
      ObjectNode node = array.addObject();
      node.put("name", stack.name()).put("root", stack.root().toString());
      node.put("kind", stack.kind()).put("era", stack.era());
      ComposeInvocation invocation = stack.invocation();
      node.put("project", invocation.project()).put("directory", invocation.directory().toString());
      ArrayNode files = node.putArray("files");
      invocation.files().forEach(path -> files.add(path.toString()));
      ArrayNode envFiles = node.putArray("envFiles");
      invocation.envFiles().forEach(path -> envFiles.add(path.toString()));
      ArrayNode profiles = node.putArray("profiles");
      invocation.profiles().forEach(profiles::add);
      node.put("adopted", stack.at().toString());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
