package dev.quayside.backup.landing;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.backup.Places;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the place of each part in a stack, and who uses it. Asks nobody. */
final class LandingPlanner {

  private static final int LONGEST = 300;
  private static final Messages MESSAGES = Messages.of("landing");

  private final BackupScope live;
  private final List<Consumers> running;
  private final Places places;
  private final Surroundings surroundings;

  /**
   * Plans for one stack.
   *
   * @param live what a backup of the stack would take in now
   * @param running every running container of the engine
   * @param surroundings what must not be exchanged along with it
   */
  LandingPlanner(BackupScope live, List<Consumers> running, Surroundings surroundings) {
    this.live = live;
    this.running = running;
    this.surroundings = surroundings;
    this.places = surroundings.places();
  }

  /**
   * Plans what {@code archive} changes.
   *
   * @throws Refusal if a guard speaks against it
   */
  LandingPlan plan(ArchivePlan archive, LandingRequest request) throws Refusal {
    if (!archive.stack().equals(live.stack()) && !request.into()) {
      throw refusal("LANDING-OTHER-STACK", live.stack(), text(archive.stack()));
    }
    List<LandingPlan.Folder> folders = new ArrayList<>();
    List<LandingPlan.Database> databases = new ArrayList<>();
    List<LandingPlan.Mount> mounts = new ArrayList<>();
    List<String> leftAlone = new ArrayList<>();
    List<String> placeless = new ArrayList<>();
    Set<String> unseen = new HashSet<>(request.parts());
    Set<Path> taken = new HashSet<>();
    Set<String> exchanged = new HashSet<>();
    for (ArchivePlan.Part part : archive.parts()) {
      boolean named = unseen.remove(part.path());
      if (!named && !(request.parts().isEmpty() && byDefault(part))) {
        leftAlone.add(part.path());
        continue;
      }
      boolean into = request.into() && sole(part, archive);
      Path folder = folder(part, into);
      LandingPlan.Database database = database(part);
      LandingPlan.Mount mount = mount(part, into);
      if (folder != null && taken.add(folder)) {
        folders.add(new LandingPlan.Folder(part.path(), folder));
      } else if (database != null) {
        databases.add(database);
      } else if (mount != null && exchanged.add(mount.source())) {
        mounts.add(mount);
      } else {
        placeless.add(text(part.path() + " (" + part.source() + ")"));
      }
    }
    if (!unseen.isEmpty()) {
      throw refusal("LANDING-NO-PART", text(String.join(", ", new TreeSet<>(unseen))));
    }
    if (!placeless.isEmpty()) {
      throw refusal("LANDING-NO-PLACE", live.stack(), String.join(", ", placeless));
    }
    if (folders.isEmpty() && databases.isEmpty() && mounts.isEmpty()) {
      throw refusal("LANDING-NOTHING", live.stack());
    }
    requireApart(archive, folders, mounts);
    requireSpared(request, folders, mounts);
    return users(archive, folders, databases, mounts, leftAlone);
  }

  /**
   * Refuses to exchange a place in which another one lies that a set holds by itself: one exchange
   * would move the other's two sets away, or leave an empty folder where the other one was.
   */
  private void requireApart(
      ArchivePlan archive, List<LandingPlan.Folder> folders, List<LandingPlan.Mount> mounts)
      throws Refusal {
    List<String> exchanged = new ArrayList<>();
    folders.forEach(one -> exchanged.add(one.live().toString()));
    mounts.forEach(one -> exchanged.add(one.source()));
    Set<String> apart = new TreeSet<>(exchanged);
    live.folders().forEach(one -> apart.add(one.path().toString()));
    live.mounted().forEach(one -> apart.add(one.source()));
    // A set that holds it by itself has nothing of it in the outer part.
    archive.parts().stream()
        .filter(part -> part.kind() == ArchivePlan.PartKind.FOLDER)
        .forEach(part -> apart.add(part.source()));
    for (String outer : exchanged) {
      for (String inner : apart) {
        boolean same = inner.equals(outer);
        if (!same
            && places.within(inner, outer)
            && (exchanged.contains(inner) || !places.within(outer, inner))) {
          throw refusal("LANDING-OVERLAP", text(inner), text(outer));
        }
      }
    }
  }

  /** Accept would remove what lies in an old set, and undo what lies in a new one. */
  private void requireSpared(
      LandingRequest request, List<LandingPlan.Folder> folders, List<LandingPlan.Mount> mounts)
      throws Refusal {
    List<String> exchanged = new ArrayList<>();
    folders.forEach(one -> exchanged.add(one.live().toString()));
    mounts.forEach(one -> exchanged.add(one.source()));
    for (String place : exchanged) {
      for (Path each :
          Stream.concat(Stream.of(request.archive()), surroundings.spared().stream()).toList()) {
        if (places.within(each.toAbsolutePath().toString(), place)) {
          throw refusal("LANDING-HOLDS-ARCHIVES", text(each.toString()), text(place));
        }
      }
      // A dump was loaded into those files: exchanged with them it would be gone.
      for (String each : surroundings.served()) {
        if (places.within(each, place)) {
          throw refusal("LANDING-HOLDS-SERVER", text(place), text(each));
        }
      }
    }
  }

  /**
   * Returns whether {@code part} can be known by its name in another stack: names of places that
   * are called alike differ by a number only, which says nothing about which is which.
   */
  private boolean sole(ArchivePlan.Part part, ArchivePlan archive) {
    String name = plain(part.source());
    long parts =
        archive.parts().stream()
            .filter(one -> one.kind() == part.kind() && plain(one.source()).equals(name))
            .count();
    long here =
        Stream.concat(
                live.folders().stream().map(one -> one.path().toString()),
                live.mounted().stream().map(BackupScope.Mounted::source))
            .filter(one -> plain(one).equals(name))
            .count();
    return parts <= 1 && here <= 1;
  }

  private static String plain(String source) {
    return source.substring(source.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private LandingPlan users(
      ArchivePlan archive,
      List<LandingPlan.Folder> folders,
      List<LandingPlan.Database> databases,
      List<LandingPlan.Mount> mounts,
      List<String> leftAlone)
      throws Refusal {
    Set<String> services = new HashSet<>();
    databases.forEach(one -> services.add(one.service()));
    Users users =
        Users.of(
            live.stack(),
            running,
            folders.stream().map(LandingPlan.Folder::live).toList(),
            mounts.stream().map(LandingPlan.Mount::source).toList(),
            services);
    return new LandingPlan(
        archive, folders, databases, mounts, users.consumers(), users.servers(), leftAlone);
  }

  private LandingPlan.@Nullable Mount mount(ArchivePlan.Part part, boolean into) {
    if (part.kind() != ArchivePlan.PartKind.VOLUME && part.kind() != ArchivePlan.PartKind.FOLDER) {
      return null;
    }
    return live.mounted().stream()
        .filter(one -> one.source().equals(part.source()))
        .findFirst()
        .or(() ->
            live.mounted().stream()
                .filter(one -> into && part.path().equals(path(one)))
                .findFirst())
        .map(one ->
            new LandingPlan.Mount(part.path(), one.source(), part.bytes(), images(one.source())))
        .orElse(null);
  }

  private static String path(BackupScope.Mounted one) {
    return (one.volume() ? "volumes/" : "files/") + one.label();
  }

  private List<String> images(String source) {
    List<Consumers> ours =
        running.stream().filter(one -> one.stack().equals(live.stack())).toList();
    return Stream.concat(ours.stream().filter(one -> one.sees(source)), ours.stream())
        .map(Consumers::image)
        .distinct()
        .toList();
  }

  /**
   * Compose and env files and the passwords of roles stay as they are: they say how the stack runs
   * today. What has no place yet is not passed over in silence, or the stack would end in a mix.
   */
  private static boolean byDefault(ArchivePlan.Part part) {
    return switch (part.kind()) {
      case FOLDER, POSTGRES_DUMP, MONGO_DUMP, VOLUME, LAYER -> true;
      case FILE, POSTGRES_GLOBALS -> false;
      case SQLITE, REDIS_DUMP -> false; // they come with the part that they lie in
    };
  }

  private @Nullable Path folder(ArchivePlan.Part part, boolean into) {
    if (part.kind() != ArchivePlan.PartKind.FOLDER) {
      return null;
    }
    return live.folders().stream()
        .filter(one -> one.path().toString().equals(part.source()))
        .findFirst()
        .or(() ->
            live.folders().stream()
                .filter(one -> into && part.path().equals("files/" + one.label()))
                .findFirst())
        .map(BackupScope.Folder::path)
        .orElse(null);
  }

  private LandingPlan.@Nullable Database database(ArchivePlan.Part part) {
    int slash = part.source().indexOf('/');
    if (part.kind() != ArchivePlan.PartKind.POSTGRES_DUMP || slash < 0) {
      return null;
    }
    String service = part.source().substring(0, slash);
    long servers = live.databases().stream().filter(one -> one.service().equals(service)).count();
    return servers == 1
        ? new LandingPlan.Database(part.path(), service, part.source().substring(slash + 1))
        : null;
  }

  private static String text(String foreign) {
    return ForeignText.line(foreign, LONGEST);
  }

  private static Refusal refusal(String code, Object... arguments) {
    return new Refusal(MESSAGES.problem(code, arguments));
  }
}
