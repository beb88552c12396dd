package dev.quayside.backup;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.ContainerId;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one backup will save, and finds what it can't reach and who can write to it. For one
 * thread.
 */
final class BackupSurvey {

  /** Room for folders that grow a little between counting and reading. */
  private static final long SLACK_BYTES = 64L << 20;

  private static final long SLACK_ENTRIES = 10_000;
  private static final int SLACK_PART = 4;

  /** A dump is compressed, but some data is longer as text than in the server's files. */
  private static final int DUMP_GROWTH = 4;

  private static final int LONGEST_REASON = 200;
  private static final Messages MESSAGES = Messages.of("backup");

  private final BackupRequest request;
  private final BackupScope scope;
  private final BackupEngines engines;
  private final Intent intent;
  private final Progress progress;
  private final List<Server> servers = new ArrayList<>();
  private final List<ArchivePlan.Part> parts = new ArrayList<>();
  private final List<BackupScope.LeftOut> silent = new ArrayList<>();
  private final List<BackupScope.LeftOut> setAside = new ArrayList<>();
  private Set<String> unsteady = Set.of();
  private long most = SLACK_BYTES;

  /**
   * Tells what a database server holds.
   *
   * @param dump saves it
   * @param found its databases; the first stands for the whole server
   */
  record Server(PostgresDump dump, List<PostgresDump.Database> found) {}

  private BackupSurvey(
      BackupRequest request, BackupEngines engines, Intent intent, Progress progress) {
    this.request = request;
    this.scope = request.scope();
    this.engines = engines;
    this.intent = intent;
    this.progress = progress;
  }

  /**
   * Counts everything.
   *
   * @param watch looks who can write; null without an engine
   */
  static BackupSurvey of(
      BackupRequest request,
      BackupEngines engines,
      @Nullable WriterWatch watch,
      Intent intent,
      Progress progress)
      throws IOException, ProblemException {
    BackupSurvey survey = new BackupSurvey(request, engines, intent, progress);
    survey.askServers();
    if (watch != null) {
      survey.findStrangers(watch);
    }
    survey.countServers();
    survey.countPlaces();
    return survey;
  }

  /** Returns the servers that answered. */
  List<Server> servers() {
    return servers;
  }

  /** Returns the expected size of the content, in bytes. */
  long bytes() {
    return parts.stream().mapToLong(ArchivePlan.Part::bytes).sum();
  }

  /** Returns what belongs into the set and cannot be read, so that the set is incomplete. */
  List<BackupScope.LeftOut> unreached() {
    return Stream.concat(scope.missing().stream(), silent.stream()).toList();
  }

  /**
   * Returns the plan that stands first in the archive.
   *
   * @throws RefusedException if there are more entries than an archive may have
   */
  ArchivePlan plan(Path target, String id, Instant created, String journalHead)
      throws RefusedException {
    long entries = parts.stream().mapToLong(ArchivePlan.Part::entries).sum();
    long mostEntries = entries + entries / SLACK_PART + most / Segments.LENGTH + SLACK_ENTRIES;
    if (mostEntries > ArchivePlans.MOST_ENTRIES) {
      throw new RefusedException(
          ArchiveProblems.of("BACKUP-TOO-MANY", target, ArchivePlans.MOST_ENTRIES));
    }
    return new ArchivePlan(
        ArchivePlans.FORMAT,
        id,
        created,
        "Quayside",
        scope.stack(),
        scope.kind(),
        scope.services(),
        parts,
        Stream.of(scope.leftOut(), setAside, unreached()).flatMap(List::stream).toList(),
        most,
        mostEntries,
        journalHead);
  }

  /**
   * Asks each server what it holds. One that does not answer, or is none after all, is left out and
   * said to be missing, rather than keep the rest from being saved.
   */
  private void askServers() throws IOException, ProblemException {
    Set<String> taken = new HashSet<>();
    ProblemException failure = null;
    for (BackupScope.Postgres source : scope.databases()) {
      String name = source.service();
      for (int i = 2; !taken.add(ArchiveName.safe(name)); i++) {
        name = source.service() + "-" + i;
      }
      PostgresDump dump =
          new PostgresDump(engines.changing(source.service()), intent, source, name, progress);
      try {
        servers.add(new Server(dump, ofOperator(name, dump.survey())));
        silent.addAll(BesideServer.of(dump, source, scope));
      } catch (ProblemException e) {
        if (!PostgresDump.unanswered(e.problem())) {
          throw e;
        }
        failure = e;
        String reason =
            ForeignText.line(e.problem().title() + ". " + e.problem().detail(), LONGEST_REASON);
        silent.add(new BackupScope.LeftOut(name, MESSAGES.get("left.silent", reason)));
        for (BackupScope.Around around : source.around()) {
          silent.add(
              new BackupScope.LeftOut(
                  around.source(), MESSAGES.get("missing.beside-unknown", source.service())));
        }
      }
    }
    if (failure != null
        && servers.isEmpty()
        && scope.folders().isEmpty()
        && scope.mounted().isEmpty()
        && scope.files().isEmpty()) {
      throw failure;
    }
  }

  /**
   * Returns the databases without those that a restore keeps beside, and without those that cannot
   * be dumped, and notes both.
   */
  private List<PostgresDump.Database> ofOperator(
      String server, List<PostgresDump.Database> databases) {
    List<PostgresDump.Database> found = new ArrayList<>();
    for (PostgresDump.Database each : databases) {
      if (PostgresServer.ours(each.name())) {
        setAside.add(
            new BackupScope.LeftOut(server + "/" + each.name(), MESSAGES.get("left.kept")));
      } else if (!each.open()) {
        silent.add(
            new BackupScope.LeftOut(
                server + "/" + each.name(), MESSAGES.get("missing.no-connection")));
      } else {
        found.add(each);
      }
    }
    return found;
  }

  /** Finds what somebody can write to who does not stand still for it. */
  private void findStrangers(WriterWatch watch) throws ProblemException {
    List<String> sources =
        CopyGroup.of(scope).stream().flatMap(group -> group.sources().stream()).toList();
    Set<ContainerId> ours =
        scope.writing().stream()
            .flatMap(each -> BackupScope.Writer.ids(each.writers()).stream())
            .collect(Collectors.toSet());
    unsteady = watch.now(sources, ours).keySet();
  }

  private void countServers() {
    for (Server server : servers) {
      parts.add(globals(server.found().getFirst()));
      for (PostgresDump.Database each : server.found()) {
        parts.add(database(each));
        most += DUMP_GROWTH * each.size() + SLACK_BYTES;
      }
    }
  }

  private void countPlaces() throws IOException, ProblemException {
    for (BackupScope.Folder folder : scope.folders()) {
      add(
          EntryGuard.FILES + "/" + folder.label(),
          ArchivePlan.PartKind.FOLDER,
          folder.path().toString(),
          FolderSurvey.of(folder.path(), progress));
    }
    Set<String> kept = new TreeSet<>();
    for (BackupScope.Mounted mounted : scope.mounted()) {
      add(
          EngineCapture.root(mounted).toString(),
          mounted.volume() ? ArchivePlan.PartKind.VOLUME : ArchivePlan.PartKind.FOLDER,
          mounted.source(),
          new EngineCapture(engines.reading(scope.stack()), progress).survey(mounted, kept));
    }
    kept.forEach(each -> setAside.add(new BackupScope.LeftOut(each, MESSAGES.get("left.kept"))));
    for (BackupScope.SingleFiles files : scope.files()) {
      for (Path file : files.files()) {
        add(
            EntryGuard.FILES + "/" + files.label() + "/" + file.getFileName(),
            ArchivePlan.PartKind.FILE,
            file.toString(),
            new FolderSurvey.Count(size(file), 1));
      }
    }
  }

  private void add(
      String path, ArchivePlan.PartKind kind, String source, FolderSurvey.Count count) {
    parts.add(
        new ArchivePlan.Part(
            path,
            kind,
            source,
            count.bytes(),
            count.entries(),
            "",
            services(source),
            consistency(source)));
    most += count.bytes() + count.bytes() / SLACK_PART;
  }

  private static long size(Path file) {
    try {
      return FileFacts.of(file.toRealPath()).size();
    } catch (IOException e) {
      return 0; // The capture meets the same and notes it as unread.
    }
  }

  private String services(String source) {
    return String.join(",", scope.services(source));
  }

  private ArchivePlan.Consistency consistency(String source) {
    boolean still = request.mayStop() || scope.writers(source).isEmpty();
    return still && !unsteady.contains(source)
        ? ArchivePlan.Consistency.STILL
        : ArchivePlan.Consistency.UNSURE;
  }

  private static ArchivePlan.Part globals(PostgresDump.Database found) {
    return new ArchivePlan.Part(
        found.globalsPath(),
        ArchivePlan.PartKind.POSTGRES_GLOBALS,
        found.server(),
        0,
        2,
        found.version(),
        found.service(),
        ArchivePlan.Consistency.SNAPSHOT);
  }

  private static ArchivePlan.Part database(PostgresDump.Database found) {
    return new ArchivePlan.Part(
        found.path(),
        ArchivePlan.PartKind.POSTGRES_DUMP,
        found.server() + "/" + found.name(),
        found.size(),
        2,
        found.version(),
        found.service(),
        ArchivePlan.Consistency.SNAPSHOT);
  }
}
