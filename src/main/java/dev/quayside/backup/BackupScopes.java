package dev.quayside.backup;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.engine.compose.Compose;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a backup of a stack can take in, by looking at the containers and their mounts.
 * Changes nothing.
 */
public final class BackupScopes {

  /**
   * Set by the images of PostgreSQL servers and their descendants themselves
   * (docker-library/postgres, Dockerfile).
   */
  private static final String SERVER_MARK = "PGDATA";

  /** What runs in such a container, unless it was called for something else. */
  private static final String SERVER = "postgres";

  /** Puts the server's name before arguments that begin with a dash. */
  private static final String ENTRY_POINT = "docker-entrypoint.sh";

  private static final Messages MESSAGES = Messages.of("backup");

  private final Engine engine;
  private final ProjectFiles.@Nullable Definitions definitions;

  /**
   * Looks at {@code engine}.
   *
   * @param compose tells the env files of the services; null where there is none
   */
  public BackupScopes(Engine engine, @Nullable Compose compose) {
    this(compose == null ? null : invocation -> StackDefinition.read(compose, invocation), engine);
  }

  BackupScopes(ProjectFiles.@Nullable Definitions definitions, Engine engine) {
    this.engine = engine;
    this.definitions = definitions;
  }

  /** What the containers of a stack lead to. */
  private static final class Found {
    private final List<BackupScope.Postgres> databases = new ArrayList<>();
    private final List<BackupScope.Service> services = new ArrayList<>();
    private final Set<BackupScope.LeftOut> leftOut = new LinkedHashSet<>();
    private final Set<BackupScope.LeftOut> missing = new LinkedHashSet<>();
    private final Set<Path> folders = new TreeSet<>();
    private final Set<Path> system = new TreeSet<>();
    private final Set<String> volumes = new TreeSet<>();
    private final Sightings mounted = new Sightings();
    private final Map<String, Set<BackupScope.Writer>> written = new TreeMap<>();
    private final Set<Path> files = new TreeSet<>();
    private final Worthless worthless;

    Found(Worthless worthless) {
      this.worthless = worthless;
    }

    void leaveOut(String what, String reason) {
      leftOut.add(new BackupScope.LeftOut(what, MESSAGES.get(reason)));
    }

    void miss(String what, String reason) {
      missing.add(new BackupScope.LeftOut(what, MESSAGES.get(reason)));
    }
  }

  /**
   * Returns what a backup of {@code stack} takes in: the databases of each PostgreSQL server, the
   * folders, and always the files the stack is made from and those it has mounted one by one.
   * Blocks on the engine and on Compose.
   *
   * @param folders folders the operator named; empty for those that the stack has mounted and that
   *     can be read
   */
  public BackupScope of(Stack stack, List<Path> folders) throws ProblemException {
    StackKind kind = Catalogue.load().kind(stack.kind(), stack.era());
    Found found = new Found(Worthless.of(kind, stack.invocation()));
    for (StackService service : stack.services()) {
      for (Container container : service.containers()) {
        look(service.name(), container, found);
      }
    }
    // What the engine reads as a part of a larger folder is not taken by itself, too.
    List<Path> chosen =
        outermost(folders.isEmpty() ? found.folders : absolute(folders)).stream()
            .filter(folder -> !found.mounted.shows(folder))
            .toList();
    found.folders.stream()
        .filter(path -> chosen.stream().noneMatch(path::startsWith) && !found.mounted.shows(path))
        .forEach(path -> found.leaveOut(path.toString(), "left.unchosen"));
    found.system.stream()
        .filter(path -> chosen.stream().noneMatch(path::startsWith))
        .forEach(path -> found.miss(path.toString(), "missing.system"));
    ProjectFiles project = ProjectFiles.of(stack, definitions);
    found.files.addAll(project.files());
    found.leftOut.addAll(project.leftOut());
    found.missing.addAll(project.missing());
    found.leftOut.addAll(
        ProjectFiles.sources(
            project.definition(), path -> chosen.stream().anyMatch(path::startsWith)));
    found.files.removeIf(file -> chosen.stream().anyMatch(file::startsWith));
    found.missing.addAll(
        new Containerless(engine, stack, project.definition(), found.volumes)
            .missing(source -> chosen.stream().anyMatch(source::startsWith), found.worthless));
    found.missing.addAll(found.mounted.missing());
    found.leftOut.addAll(found.mounted.hidden());
    Labels labels = new Labels();
    return new BackupScope(
        stack.name(),
        stack.kind(),
        chosen.stream().map(path -> new BackupScope.Folder(labels.of(path), path)).toList(),
        grouped(found.files, labels),
        found.databases,
        found.services,
        List.copyOf(found.leftOut),
        mounted(chosen, found, labels),
        writing(chosen, found, Places.of(engine)),
        new NeededKeys(engine, project.definition()).of(kind, stack),
        List.copyOf(found.missing));
  }

  /**
   * Returns the volumes and folders in which database servers of {@code stack} keep their own
   * files, whether they run or not. Blocks on the engine.
   */
  public List<String> serverPlaces(Stack stack) throws ProblemException {
    List<String> places = new ArrayList<>();
    for (StackService service : stack.services()) {
      for (Container container : service.containers()) {
        ContainerInspection inspection = engine.inspect(container.id());
        if (inspection.environmentNames().contains(SERVER_MARK)) {
          ServerFiles own = ServerFiles.of(engine, container.id());
          inspection.mounts().stream()
              .filter(own::hold)
              .map(BackupScopes::source)
              .filter(source -> !source.isEmpty())
              .forEach(places::add);
        }
      }
    }
    return places;
  }

  /** Named volumes are always saved; folders of others unless the operator named some. */
  private static List<BackupScope.Mounted> mounted(List<Path> chosen, Found found, Labels labels) {
    return found.mounted.best().stream()
        .filter(each ->
            each.volume()
                || (chosen.stream().noneMatch(Path.of(each.source())::startsWith)
                    && !found.mounted.shows(Path.of(each.source()))))
        .map(each ->
            new BackupScope.Mounted(
                labels.of(Path.of("/" + each.label())),
                each.volume(),
                each.source(),
                each.container(),
                each.target(),
                each.nested()))
        .toList();
  }

  /** A copy of files that change meanwhile may be torn, and a database made of them not open. */
  private static List<BackupScope.Writing> writing(List<Path> chosen, Found found, Places places) {
    Set<String> sources = new LinkedHashSet<>();
    chosen.forEach(folder -> sources.add(folder.toString()));
    found.files.forEach(file -> sources.add(file.toString()));
    found.mounted.best().forEach(each -> sources.add(each.source()));
    List<BackupScope.Writing> writing = new ArrayList<>();
    for (String source : sources) {
      Set<Places.Spot> known = places.known(source);
      Set<BackupScope.Writer> writers = new LinkedHashSet<>();
      found.written.forEach((written, some) -> {
        if (Places.share(known, places.known(written))) {
          writers.addAll(some);
        }
      });
      if (!writers.isEmpty()) {
        writing.add(new BackupScope.Writing(source, List.copyOf(writers)));
      }
    }
    return writing;
  }

  private void look(String service, Container container, Found found) throws ProblemException {
    ContainerInspection inspection = engine.inspect(container.id());
    boolean server = inspection.environmentNames().contains(SERVER_MARK);
    ServerFiles own = server ? ServerFiles.of(engine, container.id()) : ServerFiles.NONE;
    found.services.add(new BackupScope.Service(service, container.image(), container.imageId()));
    if (server && container.live()) {
      found.databases.add(database(service, container.id(), own.around(inspection.mounts())));
    } else if (server) {
      stopped(service, inspection, own, found);
    }
    for (ContainerInspection.Mount mount : inspection.mounts()) {
      found.volumes.add(mount.source());
      if (own.hold(mount)) {
        if (container.live()) {
          found.leaveOut(mount.source(), "left.server");
        }
        continue;
      }
      take(mount, container.id(), inspection, found);
      // A job has written once; what stands of a service is its data all the same.
      boolean job = Set.of("", "no").contains(inspection.restartPolicy());
      if (mount.writable() && (container.live() || !job)) {
        found
            .written
            .computeIfAbsent(source(mount), _ -> new LinkedHashSet<>())
            .add(new BackupScope.Writer(service, container.id(), container.live()));
      }
    }
  }

  /**
   * A server that stands holds what the set is made for, unless its image was only used for
   * something else: then what it would be the server of has no name, and it was not called.
   */
  private static void stopped(
      String service, ContainerInspection inspection, ServerFiles own, Found found) {
    List<String> command = inspection.command();
    boolean called =
        command.stream().anyMatch(word -> word.equals(SERVER) || word.endsWith("/" + SERVER))
            || (command.size() > 1
                && command.getFirst().endsWith(ENTRY_POINT)
                && command.get(1).startsWith("-"));
    List<String> places =
        inspection.mounts().stream()
            .filter(own::hold)
            .filter(mount -> called || !ArchivePlan.ANONYMOUS.matcher(mount.source()).matches())
            .map(ContainerInspection.Mount::source)
            .toList();
    if (places.isEmpty()) {
      found.leaveOut(service, "left.stopped");
    } else {
      found.missing.add(
          new BackupScope.LeftOut(
              service, MESSAGES.get("missing.stopped", String.join(", ", places))));
    }
  }

  private static List<BackupScope.SingleFiles> grouped(Set<Path> files, Labels labels) {
    Map<Path, List<Path>> groups = new TreeMap<>();
    for (Path file : files) {
      Path folder = file.getParent();
      if (folder != null) {
        groups.computeIfAbsent(folder, _ -> new ArrayList<>()).add(file);
      }
    }
    List<BackupScope.SingleFiles> grouped = new ArrayList<>();
    groups.forEach((folder, inside) ->
        grouped.add(new BackupScope.SingleFiles(labels.of(folder), folder, inside)));
    return grouped;
  }

  /**
   * What the image's entry point does with these variables: docker-library/postgres,
   * docker-entrypoint.sh.
   */
  private BackupScope.Postgres database(
      String service, ContainerId container, List<BackupScope.Around> around)
      throws ProblemException {
    Map<String, String> variables =
        engine.environment(
            container,
            Set.of("POSTGRES_USER", "POSTGRES_USER_FILE", "POSTGRES_DB", "POSTGRES_DB_FILE"));
    String userFile = variables.get("POSTGRES_USER_FILE");
    String user = variables.getOrDefault("POSTGRES_USER", "postgres");
    return new BackupScope.Postgres(
        service,
        container,
        user,
        variables.getOrDefault("POSTGRES_DB", userFile == null ? user : ""),
        userFile,
        variables.get("POSTGRES_DB_FILE"),
        around);
  }

  private static String source(ContainerInspection.Mount mount) {
    return mount.type().equals("bind")
        ? Path.of(mount.source()).normalize().toString()
        : mount.source();
  }

  private static void take(
      ContainerInspection.Mount mount,
      ContainerId container,
      ContainerInspection inspection,
      Found found) {
    switch (mount.type()) {
      case "bind" -> takeBind(mount, container, inspection, found);
      case "volume" -> {
        String worthless = found.worthless.volume(mount.source());
        if (worthless != null) {
          found.leaveOut(MESSAGES.get("left.volume-name", mount.source()), worthless);
          return;
        }
        found.mounted.add(mount, mount.source(), container, inspection);
      }
      case "tmpfs" -> {
        // Memory, which is gone with the container anyway.
      }
      default -> found.leaveOut(mount.target(), "left.special");
    }
  }

  private static void takeBind(
      ContainerInspection.Mount mount,
      ContainerId container,
      ContainerInspection inspection,
      Found found) {
    Path source = Path.of(mount.source()).normalize();
    String worthless = found.worthless.folder(source);
    if (SystemPlaces.at(source)) {
      if (mount.writable() && !SystemPlaces.dataless(source)) {
        found.system.add(source);
      } else {
        found.leaveOut(source.toString(), "left.system");
      }
    } else if (worthless != null) {
      found.leaveOut(source.toString(), worthless);
      if (worthless.equals(Worthless.WEIGHTS)) {
        found.leftOut.addAll(WeightsList.of(source));
      }
    } else if (Moved.is(mount, inspection.container())) {
      found.missing.add(new BackupScope.LeftOut(source.toString(), MESSAGES.get("missing.moved")));
    } else if (Files.isRegularFile(source)) {
      found.files.add(source);
    } else if (Files.notExists(source)) {
      found.leaveOut(source.toString(), "left.missing");
    } else if (Files.exists(source) && !Files.isDirectory(source)) {
      found.leaveOut(source.toString(), "left.special");
    } else if (Files.isDirectory(source) && Readability.whole(source)) {
      found.folders.add(source);
    } else {
      // The engine may, and whoever may use the engine may read through it anyway.
      found.mounted.add(mount, source.toString(), container, inspection);
    }
  }

  private static Set<Path> absolute(List<Path> folders) {
    Set<Path> absolute = new TreeSet<>();
    folders.forEach(folder -> absolute.add(folder.toAbsolutePath().normalize()));
    return absolute;
  }

  /** Drops folders that lie inside another one; a set in path order has the outer one first. */
  private static List<Path> outermost(Set<Path> folders) {
    List<Path> kept = new ArrayList<>();
    for (Path folder : folders) {
      if (kept.stream().noneMatch(folder::startsWith)) {
        kept.add(folder);
      }
    }
    return kept;
  }

  /** Names folders inside an archive, each differently. */
  private static final class Labels {
    private final Set<String> taken = new TreeSet<>();

    String of(Path folder) {
      String plain = BackupScope.label(folder);
      String label = plain;
      for (int i = 2; !taken.add(label); i++) {
        label = plain + "-" + i;
      }
      return label;
    }
  }
}
