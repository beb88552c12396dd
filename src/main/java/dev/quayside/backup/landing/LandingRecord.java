package dev.quayside.backup.landing;

import dev.quayside.backup.PostgresServer;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a restore over a stack from before its first change until it is accepted or undone.
 *
 * @param id its identity
 * @param stack the stack's name
 * @param archive where the set came from
 * @param at when it was begun
 * @param phase how far it is
 * @param intent id of the journal's announcement that is open in this phase
 * @param dumps private folder with the dumps, as a file URI
 * @param folders folders that change places
 * @param databases databases that change names
 * @param mounts volumes, and folders that are not ours, whose content changes places inside them
 * @param consumers services that run and use any of it, without the servers of the databases
 * @param servers servers of databases that have one of the folders mounted
 * @param engine where the engine is on which this happens; null in records of an earlier version
 */
record LandingRecord(
    String id,
    String stack,
    String archive,
    Instant at,
    Phase phase,
    String intent,
    String dumps,
    List<FolderSwap> folders,
    List<DatabaseSwap> databases,
    List<MountSwap> mounts,
    List<String> consumers,
    List<String> servers,
    @Nullable String engine) {

  LandingRecord {
    folders = List.copyOf(folders);
    databases = List.copyOf(databases);
    mounts = List.copyOf(mounts);
    consumers = List.copyOf(consumers);
    servers = List.copyOf(servers);
  }

  /** Names how far it is. */
  enum Phase {
    /** Only things beside the live ones are made. */
    STAGING,
    /** The live ones change places; a kill is put back. */
    SWAPPING,
    /** Done, the old set is kept. */
    LANDED,
    /** The old set is being put back; a kill is carried on. */
    UNDOING,
    /** The old set is in place and in use again, the new one is being removed. */
    CLEARING,
    /** The old set is being removed; a kill is carried on. */
    ACCEPTING
  }

  /**
   * Names the three places of a folder, siblings of each other, as file URIs.
   *
   * @param part its path in the archive
   * @param live what containers have mounted
   * @param kept where the old one goes
   * @param staged where the new one comes from
   */
  record FolderSwap(String part, String live, String kept, String staged) {

    static FolderSwap of(String part, Path live, String id) {
      Path name = live.getFileName();
      String mark = id.substring(0, 8);
      return new FolderSwap(
          part,
          uri(live),
          uri(live.resolveSibling(name + ".before-" + mark)),
          uri(live.resolveSibling("." + name + "-" + id + ".quayside-staging")));
    }

    Path livePath() {
      return path(live);
    }

    Path keptPath() {
      return path(kept);
    }

    Path stagedPath() {
      return path(staged);
    }
  }

  /**
   * Names the three names of a database.
   *
   * @param part path of its dump in the archive
   * @param service the Compose service of its server
   * @param name what its clients call it
   * @param kept name of the old one
   * @param fresh name of the new one before it is swapped in
   * @param file name of the dump in the folder of dumps
   */
  record DatabaseSwap(
      String part, String service, String name, String kept, String fresh, String file) {

    /** PostgreSQL cuts names off at 63 bytes. */
    static DatabaseSwap of(String part, String service, String name, String id, int number) {
      String mark = id.substring(0, 8) + "_" + number;
      return new DatabaseSwap(
          part,
          service,
          name,
          PostgresServer.keptName(mark),
          PostgresServer.freshName(mark),
          number + ".dump");
    }
  }

  /**
   * Names where the two sets are inside one place.
   *
   * @param part its path in the archive
   * @param source name of the volume, or path of the folder
   * @param image digest of the image whose tools work there; empty as long as nothing was made
   * @param mark unique to this place and restore
   */
  record MountSwap(String part, String source, String image, String mark) {

    static MountSwap of(String part, String source, String id, int number) {
      return new MountSwap(part, source, "", id.substring(0, 8) + "-" + number);
    }

    MountSwap by(String tools) {
      return new MountSwap(part, source, tools, mark);
    }

    /** Returns whether something may have been made there. */
    boolean touched() {
      return !image.isEmpty();
    }

    /** Returns the hidden folder of the old set. */
    String kept() {
      return ".quayside-before-" + mark;
    }

    /** Returns the hidden folder of the new set. */
    String fresh() {
      return ".quayside-new-" + mark;
    }
  }

  LandingRecord in(Phase next) {
    return in(next, intent);
  }

  LandingRecord in(Phase next, String announcement) {
    return new LandingRecord(
        id,
        stack,
        archive,
        at,
        next,
        announcement,
        dumps,
        folders,
        databases,
        mounts,
        consumers,
        servers,
        engine);
  }

  LandingRecord by(Users users) {
    return new LandingRecord(
        id,
        stack,
        archive,
        at,
        phase,
        intent,
        dumps,
        folders,
        databases,
        mounts,
        users.consumers(),
        users.servers(),
        engine);
  }

  LandingRecord with(List<MountSwap> chosen) {
    return new LandingRecord(
        id, stack, archive, at, phase, intent, dumps, folders, databases, chosen, consumers,
        servers, engine);
  }

  Path dumpsPath() {
    return path(dumps);
  }

  /** Refuses to touch on one engine what was begun on another. */
  void requireEngine(String here) throws ProblemException {
    if (engine != null && !engine.equals(here)) {
      throw new ProblemException(
          Messages.of("landing").problem("LANDING-OTHER-ENGINE", stack, engine, here));
    }
  }

  static String uri(Path path) {
    return path.toUri().toString();
  }

  private static Path path(String uri) {
    return Path.of(URI.create(uri));
  }
}
