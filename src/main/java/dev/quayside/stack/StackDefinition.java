package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the structure of a Compose project as Compose itself resolves its files: all services,
 * those behind profiles too, with variables left as they are written. It holds no values of
 * environment files.
 *
 * @param project name of the Compose project
 * @param services by name
 * @param required names of variables without which Compose refuses the whole project, whatever
 *     service is meant, and whether they may not be empty either
 * @param built folders from which images of it are built; not those whose place a variable tells
 */
public record StackDefinition(
    String project,
    Map<String, DefinedService> services,
    Map<String, Boolean> required,
    Set<Path> built) {

  private static final Messages MESSAGES = Messages.of("stack");

  /** Label with what a container depends on (Compose 2, {@code api.DependenciesLabel}). */
  private static final String DEPENDS_ON = "com.docker.compose.depends_on";

  /** A name of a volume, not a path that begins with a variable. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  /** Makes the maps immutable, keeping the order of names. */
  public StackDefinition {
    services = Collections.unmodifiableMap(new TreeMap<>(services));
    required = Collections.unmodifiableMap(new TreeMap<>(required));
    built = Collections.unmodifiableSet(new TreeSet<>(built));
  }

  /** Makes one of which no image is built. */
  public StackDefinition(
      String project, Map<String, DefinedService> services, Map<String, Boolean> required) {
    this(project, services, required, Set.of());
  }

  /** Names what a service waits for before it starts. */
  public enum Condition {
    /** That the other one was started. */
    STARTED,
    /** That its health check passes. */
    HEALTHY,
    /** That it ran to its end without a fault. */
    COMPLETED,
    /** Nothing: it is started before, and may as well be missing. */
    OPTIONAL;

    static Condition of(JsonNode dependency) {
      JsonNode required = dependency.path("required");
      return required.isBoolean() && !required.booleanValue()
          ? OPTIONAL
          : of(dependency.path("condition").stringValue(""));
    }

    static Condition of(String word) {
      return switch (word) {
        case "service_healthy" -> HEALTHY;
        case "service_completed_successfully" -> COMPLETED;
        default -> STARTED;
      };
    }
  }

  /**
   * Describes a service.
   *
   * @param profiles that switch it on; empty where it is always on
   * @param dependencies services that Compose starts before it, with what it waits for
   * @param variables names of variables that its definition refers to
   * @param bare those of {@code variables} for which no default stands in
   * @param emptyDefaults those of {@code variables} for which an empty default stands in
   * @param envFiles files whose whole content becomes its environment
   * @param mounts what it gets from outside, as its files write it
   * @param needed those of {@code envFiles} without which Compose refuses the whole project
   * @param defaulted those of {@code variables} for which a default always stands in that is not
   *     empty
   */
  public record DefinedService(
      Set<String> profiles,
      Map<String, Condition> dependencies,
      Set<String> variables,
      Set<String> bare,
      Set<String> emptyDefaults,
      List<Path> envFiles,
      List<Mount> mounts,
      Set<Path> needed,
      Set<String> defaulted) {
    /** Makes the collections immutable. */
    public DefinedService {
      profiles = Set.copyOf(profiles);
      dependencies = Collections.unmodifiableMap(new TreeMap<>(dependencies));
      variables = Set.copyOf(variables);
      bare = Set.copyOf(bare);
      emptyDefaults = Set.copyOf(emptyDefaults);
      envFiles = List.copyOf(envFiles);
      mounts = List.copyOf(mounts);
      needed = Set.copyOf(needed);
      defaulted = Set.copyOf(defaulted);
    }

    /** Makes one of which no default is known. */
    public DefinedService(
        Set<String> profiles,
        Map<String, Condition> dependencies,
        Set<String> variables,
        Set<String> bare,
        Set<String> emptyDefaults,
        List<Path> envFiles,
        List<Mount> mounts,
        Set<Path> needed) {
      this(
          profiles,
          dependencies,
          variables,
          bare,
          emptyDefaults,
          envFiles,
          mounts,
          needed,
          Set.of());
    }

    /** Returns the services that Compose starts before it. */
    public Set<String> dependsOn() {
      return dependencies.keySet();
    }
  }

  /**
   * Describes a mount.
   *
   * @param volume whether it is a named volume; otherwise a file or folder of the host
   * @param source name or path, in which variables stay as they are written
   * @param target absolute, in the container; empty where Compose does not tell it
   * @param readOnly whether the service may not write to it
   * @param external whether it is a volume that Compose neither makes nor removes
   */
  public record Mount(
      boolean volume, String source, String target, boolean readOnly, boolean external) {

    /** Describes a mount of the host, or of a volume of the project. */
    public Mount(boolean volume, String source, String target, boolean readOnly) {
      this(volume, source, target, readOnly, false);
    }
  }

  /** Asks Compose; a missing file is a problem that names its path. */
  public static StackDefinition read(Compose compose, ComposeInvocation invocation)
      throws ProblemException {
    requireFiles(invocation);
    return parse(compose.structure(invocation), invocation);
  }

  /** Throws a problem that names the first file of the invocation that is missing. */
  public static void requireFiles(ComposeInvocation invocation) throws ProblemException {
    if (!Files.isDirectory(invocation.directory())) {
      throw new ProblemException(
          MESSAGES.problem("COMPOSE-FOLDER-MISSING", invocation.project(), invocation.directory()));
    }
    List<Path> files = new ArrayList<>(invocation.files());
    files.addAll(invocation.envFiles());
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        String code = Files.exists(file) ? "COMPOSE-FILE-UNREADABLE" : "COMPOSE-FILE-MISSING";
        throw new ProblemException(MESSAGES.problem(code, invocation.project(), file));
      }
      if (!Files.isRegularFile(file)) {
        // Labels are anybody's to set, and Compose would read a device without end.
        throw new ProblemException(
            MESSAGES.problem("COMPOSE-FILE-ODD", invocation.project(), file));
      }
    }
  }

  static StackDefinition parse(String json, ComposeInvocation invocation) throws ProblemException {
    try {
      JsonNode root = JsonMapper.builder().build().readTree(json);
      Map<String, DefinedService> services = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : root.path("services").properties()) {
        services.put(entry.getKey(), service(entry.getValue(), root, invocation.directory()));
      }
      Map<String, Boolean> required = new TreeMap<>();
      VariableReferences.required(root, required);
      return new StackDefinition(
          root.path("name").stringValue(invocation.project()),
          services,
          required,
          built(root.path("services"), invocation.directory()));
    } catch (JacksonException failure) {
      throw new ProblemException(
          MESSAGES.problem("COMPOSE-UNCLEAR", invocation.project()), failure);
    }
  }

  private static Set<Path> built(JsonNode services, Path directory) {
    Set<Path> folders = new TreeSet<>();
    for (JsonNode service : services) {
      JsonNode build = service.path("build");
      String context =
          build.isString() ? build.stringValue() : build.path("context").stringValue("");
      if (!context.isEmpty() && !context.contains("$")) {
        folders.add(directory.resolve(context).normalize());
      }
    }
    return folders;
  }

  private static DefinedService service(JsonNode node, JsonNode root, Path directory) {
    Set<String> variables = new TreeSet<>();
    VariableReferences.collect(node, variables);
    Set<String> unfilled = new TreeSet<>();
    VariableReferences.unfilled(node, unfilled);
    for (String kind : List.of("secrets", "configs")) {
      for (JsonNode use : node.path(kind)) {
        String source = use.isString() ? use.stringValue() : use.path("source").stringValue("");
        JsonNode definition = root.path(kind).path(source);
        VariableReferences.collect(definition, variables);
        VariableReferences.unfilled(definition, unfilled);
        String variable = definition.path("environment").stringValue("");
        if (!variable.isEmpty()) {
          variables.add(variable);
          unfilled.add(variable);
        }
      }
    }
    VariableReferences.passedThrough(node.path("environment"), variables);
    Set<String> bare = new TreeSet<>();
    VariableReferences.bare(node, bare);
    VariableReferences.passedThrough(node.path("environment"), bare);
    bare.retainAll(variables);
    Set<String> emptyDefaults = new TreeSet<>();
    VariableReferences.emptyDefaults(node, emptyDefaults);
    emptyDefaults.retainAll(variables);
    VariableReferences.passedThrough(node.path("environment"), unfilled);
    Set<String> defaulted = new TreeSet<>(variables);
    defaulted.removeAll(unfilled);
    return new DefinedService(
        Set.copyOf(texts(node.path("profiles"))),
        dependencies(node.path("depends_on")),
        variables,
        bare,
        emptyDefaults,
        envFiles(node, directory, false),
        mounts(node.path("volumes"), root.path("volumes")),
        Set.copyOf(new TreeSet<>(envFiles(node, directory, true))),
        defaulted);
  }

  private static List<Mount> mounts(JsonNode node, JsonNode defined) {
    List<Mount> mounts = new ArrayList<>();
    for (JsonNode mount : node) {
      String type = mount.path("type").stringValue("");
      String source = mount.path("source").stringValue("");
      String target = mount.path("target").stringValue("");
      boolean torn = source.contains("${") && source.indexOf('}', source.lastIndexOf("${")) < 0;
      if (torn) {
        // Compose splits the short form at the colon of an operator too, and loses the target.
        source = source + ":" + target;
        target = "";
      }
      if (!source.isEmpty() && (type.equals("bind") || type.equals("volume"))) {
        boolean volume = type.equals("volume") && NAME.matcher(source).matches();
        boolean readOnly = mount.path("read_only").booleanValue(false);
        boolean external = defined.path(source).path("external").booleanValue(false);
        mounts.add(new Mount(volume, source, target, readOnly, volume && external));
      }
    }
    return mounts;
  }

  private static Map<String, Condition> dependencies(JsonNode node) {
    Map<String, Condition> all = new TreeMap<>();
    node.properties().forEach(entry -> all.put(entry.getKey(), Condition.of(entry.getValue())));
    texts(node).forEach(name -> all.put(name, Condition.STARTED));
    return all;
  }

  /**
   * Returns what the containers of {@code stack} tell of their dependence, for a stack whose files
   * cannot be read; nothing else is known of it then.
   */
  public static StackDefinition told(Stack stack) {
    Map<String, DefinedService> services = new TreeMap<>();
    for (StackService service : stack.services()) {
      Map<String, Condition> dependencies = new TreeMap<>();
      for (Container container : service.containers()) {
        for (String one : container.labels().getOrDefault(DEPENDS_ON, "").split(",", -1)) {
          String[] words = one.split(":", -1);
          if (words.length > 1) {
            dependencies.put(words[0], Condition.of(words[1]));
          }
        }
      }
      services.put(
          service.name(),
          new DefinedService(
              Set.of(),
              dependencies,
              Set.of(),
              Set.of(),
              Set.of(),
              List.of(),
              List.of(),
              Set.of()));
    }
    return new StackDefinition(stack.name(), services, Map.of());
  }

  /** Returns the env files of a service; of {@code needed} ones only those whose place is told. */
  private static List<Path> envFiles(JsonNode node, Path directory, boolean needed) {
    List<Path> files = new ArrayList<>();
    JsonNode list = node.path("env_file");
    if (list.isString() && !(needed && list.stringValue().contains("$"))) {
      files.add(directory.resolve(list.stringValue()).normalize());
    }
    for (JsonNode file : list) {
      String path = file.isString() ? file.stringValue() : file.path("path").stringValue("");
      boolean optional = !file.path("required").booleanValue(true) || path.contains("$");
      if (!path.isEmpty() && !(needed && optional)) {
        files.add(directory.resolve(path).normalize());
      }
    }
    return files;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(text -> texts.add(text.stringValue("")));
    }
    return texts;
  }

  /**
   * Returns the services that read {@code variable}, which stands in {@code file}, in the order of
   * dependence.
   */
  public List<String> readersOf(String variable, Path file) {
    List<String> readers = new ArrayList<>();
    services.forEach((name, service) -> {
      if (service.variables().contains(variable) || service.envFiles().contains(file.normalize())) {
        readers.add(name);
      }
    });
    return inOrder(readers);
  }

  /** Returns the profiles that switch on {@code names}. */
  public List<String> profilesOf(Collection<String> names) {
    Set<String> profiles = new TreeSet<>();
    for (String name : names) {
      DefinedService service = services.get(name);
      if (service != null) {
        profiles.addAll(service.profiles());
      }
    }
    return List.copyOf(profiles);
  }

  /** Returns {@code names} and all that they depend on, directly or not. */
  public Set<String> withDependencies(Collection<String> names) {
    Set<String> all = new LinkedHashSet<>();
    Set<String> visiting = new HashSet<>();
    names.forEach(name -> place(name, all, visiting));
    return all;
  }

  /** Returns {@code names} so that a service comes after those it depends on, otherwise by name. */
  public List<String> inOrder(Collection<String> names) {
    Set<String> ordered = new LinkedHashSet<>();
    new TreeSet<>(names).forEach(name -> place(name, ordered, new HashSet<>()));
    ordered.retainAll(new HashSet<>(names));
    return List.copyOf(ordered);
  }

  private void place(String name, Set<String> ordered, Set<String> visiting) {
    if (!visiting.add(name)) {
      return;
    }
    DefinedService service = services.get(name);
    if (service != null) {
      new TreeSet<>(service.dependsOn()).forEach(other -> place(other, ordered, visiting));
    }
    ordered.add(name);
  }
}
