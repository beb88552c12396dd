package dev.quayside.backup.drill;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.BackupScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one stateful service of a set and what has to be put into it.
 *
 * @param kind how it is drilled
 * @param name the service, or the folder in the archive where no service is named
 * @param image digest of the image it ran on; null if the archive names none
 * @param parts what the archive holds of it, in the archive's order
 */
record DrillSubject(Kind kind, String name, @Nullable String image, List<ArchivePlan.Part> parts) {

  /** Images that hold the server, whoever made them: the last part of the name begins with it. */
  private static final Map<Kind, Pattern> SERVERS =
      Map.of(
          Kind.REDIS, image("redis|valkey"),
          Kind.MONGO, image("mongo(db)?(?!-express)"),
          Kind.MEILISEARCH, image("meilisearch"),
          Kind.QDRANT, image("qdrant"));

  private static final Pattern NUMBERED = Pattern.compile("(.+)-([0-9]{1,4})");

  DrillSubject {
    parts = List.copyOf(parts);
  }

  /** Names the ways to drill. */
  enum Kind {
    /** A server is started empty and gets its dumps. */
    POSTGRES,
    /** The server is started on its snapshot. */
    REDIS,
    /** The server is started on its folder, and every document is read. */
    MONGO,
    /** The server is started on its folder and asked how much it found. */
    MEILISEARCH,
    /** The server is started on its folder and asked how much it found. */
    QDRANT,
    /** The databases of SQLite among the files are opened; the rest is not brought back to life. */
    FILES
  }

  /** Returns bytes as far as the plan knows them. */
  long bytes() {
    return parts.stream().mapToLong(ArchivePlan.Part::bytes).sum();
  }

  /** Returns whether the file at {@code path} lies in a part of this subject. */
  boolean holds(String path) {
    return parts.stream()
        .anyMatch(one -> path.equals(one.path()) || path.startsWith(one.path() + "/"));
  }

  /**
   * Returns whether it has a state, as far as the plan tells; a service that writes to nothing but
   * single files may have a database in one that is called something else.
   */
  boolean certain() {
    return parts.stream()
        .anyMatch(one -> one.kind() != ArchivePlan.PartKind.FILE || SqliteCheck.called(one.path()));
  }

  /** Returns the part at {@code path}; null if it is none of this subject. */
  ArchivePlan.@Nullable Part part(String path) {
    return parts.stream().filter(one -> one.path().equals(path)).findFirst().orElse(null);
  }

  /**
   * Finds the stateful services of a set. Single files that no service writes to are configuration
   * and none; what the others are shows when they are read.
   */
  static List<DrillSubject> of(ArchivePlan plan) {
    Map<String, List<ArchivePlan.Part>> servers = new LinkedHashMap<>();
    Map<String, List<ArchivePlan.Part>> files = new LinkedHashMap<>();
    Map<String, List<ArchivePlan.Part>> singles = new LinkedHashMap<>();
    for (ArchivePlan.Part part : plan.parts()) {
      switch (part.kind()) {
        case POSTGRES_GLOBALS, POSTGRES_DUMP ->
            servers.computeIfAbsent(server(part), _ -> new ArrayList<>()).add(part);
        case FOLDER, VOLUME, LAYER, SQLITE, REDIS_DUMP, MONGO_DUMP -> {
          // What nobody writes is configuration.
          if (!part.service().isEmpty() || part.consistency() != ArchivePlan.Consistency.STILL) {
            String name = part.service().isEmpty() ? part.path() : part.service();
            files.computeIfAbsent(name, _ -> new ArrayList<>()).add(part);
          }
        }
        case FILE -> {
          // Compose files, env files and the like have no state of their own.
          if (!part.service().isEmpty()) {
            singles.computeIfAbsent(part.service(), _ -> new ArrayList<>()).add(part);
          }
        }
      }
    }
    List<DrillSubject> all = new ArrayList<>();
    servers.forEach((server, parts) ->
        all.add(new DrillSubject(Kind.POSTGRES, server, image(server, plan), parts)));
    files.forEach((name, parts) -> {
      Kind kind = kind(name, plan);
      if (kind == Kind.FILES) {
        // A server is started on its folders alone.
        parts.addAll(Objects.requireNonNullElse(singles.remove(name), List.of()));
      }
      all.add(new DrillSubject(kind, name, image(name, plan), parts));
    });
    singles.forEach(
        (name, parts) -> all.add(new DrillSubject(Kind.FILES, name, image(name, plan), parts)));
    return List.copyOf(all);
  }

  /** Returns what the server is called: the service, numbered from the second container on. */
  private static String server(ArchivePlan.Part part) {
    return part.kind() == ArchivePlan.PartKind.POSTGRES_GLOBALS
        ? part.source()
        : part.source().substring(0, Math.max(0, part.source().indexOf('/')));
  }

  private static Kind kind(String name, ArchivePlan plan) {
    List<BackupScope.Service> services = named(writer(name), plan);
    return SERVERS.entrySet().stream()
        .filter(server ->
            services.stream().anyMatch(one -> server.getValue().matcher(one.image()).find()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Kind.FILES);
  }

  private static Pattern image(String server) {
    return Pattern.compile("(^|/)(" + server + ")[^/]*$");
  }

  /** Returns the first of those who write to a part. */
  private static String writer(String services) {
    int comma = services.indexOf(',');
    return comma < 0 ? services : services.substring(0, comma);
  }

  private static @Nullable String image(String services, ArchivePlan plan) {
    String server = writer(services);
    List<BackupScope.Service> named = named(server, plan);
    if (!named.isEmpty()) {
      return named.getFirst().imageId();
    }
    Matcher numbered = NUMBERED.matcher(server);
    if (!numbered.matches()) {
      return null;
    }
    List<BackupScope.Service> replicas = named(numbered.group(1), plan);
    int number = Integer.parseInt(numbered.group(2));
    return number >= 2 && number <= replicas.size() ? replicas.get(number - 1).imageId() : null;
  }

  private static List<BackupScope.Service> named(String name, ArchivePlan plan) {
    return plan.services().stream().filter(one -> one.name().equals(name)).toList();
  }
}
