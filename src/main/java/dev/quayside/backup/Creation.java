package dev.quayside.backup;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out one backup, step by step. For one thread. */
final class Creation {

  private static final int STEPS = 3;

  /** Room for folders that grow a little between counting and reading. */
  private static final long SLACK_BYTES = 64L << 20;

  private static final long SLACK_ENTRIES = 10_000;
  private static final int SLACK_PART = 4;

  /** A dump is compressed, but some data is longer as text than in the server's files. */
  private static final int DUMP_GROWTH = 4;

  /** In which most of what cannot start has ended. */
  private static final long SETTLING_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int LONGEST_REASON = 200;
  private static final Messages MESSAGES = Messages.of("backup");

  private final BackupRequest request;
  private final Path target;
  private final String id;
  private final Instant created;
  private final Intent intent;
  private final @Nullable JournaledEngine engine;
  private final @Nullable Engine reading;
  private final StandstillStore standing;
  private final StepBoundary steps;
  private final Progress progress;
  private final SecretFingerprint.Source fingerprints;
  private final List<Server> databases = new ArrayList<>();
  private final List<BackupScope.LeftOut> silent = new ArrayList<>();
  private final List<BackupScope.LeftOut> setAside = new ArrayList<>();
  private final List<String> lacking = new ArrayList<>();
  private final @Nullable WriterWatch watch;
  private final List<StandstillStore.Stopped> restarted = new ArrayList<>();
  private Set<String> unsteady = Set.of();
  private long startedLast;
  private @Nullable ArchivePlan plan;
  private @Nullable ArchiveFile file;
  private @Nullable ArchiveFile manifest;
  private @Nullable Ledger ledger;
  private Unfinished.@Nullable Entry record;

  private record Server(PostgresDump dump, List<PostgresDump.Database> found) {}

  Creation(
      BackupRequest request,
      Path target,
      String id,
      Instant created,
      Intent intent,
      @Nullable JournaledEngine engine,
      @Nullable Engine reading,
      StandstillStore standing,
      StepBoundary steps,
      Progress progress,
      SecretFingerprint.Source fingerprints) {
    this.request = request;
    this.target = target;
    this.id = id;
    this.created = created;
    this.intent = intent;
    this.engine = engine;
    this.reading = reading;
    this.watch = reading == null ? null : new WriterWatch(reading, request.scope());
    this.standing = standing;
    this.steps = steps;
    this.progress = progress;
    this.fingerprints = fingerprints;
  }

  /** Counts what there is to save, and checks the room. */
  void survey(String journalHead) throws IOException, ProblemException {
    progress.step(1, STEPS, MESSAGES.get("step.count"));
    List<ArchivePlan.Part> parts = new ArrayList<>();
    Set<String> kept = new TreeSet<>();
    long most = SLACK_BYTES;
    surveyServers();
    surveyStrangers();
    for (Server server : databases) {
      parts.add(globals(server.found().getFirst()));
      for (PostgresDump.Database each : server.found()) {
        parts.add(part(each));
        most += DUMP_GROWTH * each.size() + SLACK_BYTES;
      }
    }
    for (BackupScope.Folder folder : request.scope().folders()) {
      FolderSurvey.Count count = FolderSurvey.of(folder.path(), progress);
      parts.add(
          new ArchivePlan.Part(
              EntryGuard.FILES + "/" + folder.label(),
              ArchivePlan.PartKind.FOLDER,
              folder.path().toString(),
              count.bytes(),
              count.entries(),
              "",
              services(folder.path().toString()),
              consistency(folder.path().toString())));
      most += count.bytes() + count.bytes() / SLACK_PART;
    }
    for (BackupScope.Mounted mounted : request.scope().mounted()) {
      FolderSurvey.Count count = new EngineCapture(reading(), progress).survey(mounted, kept);
      parts.add(
          new ArchivePlan.Part(
              EngineCapture.root(mounted).toString(),
              mounted.volume() ? ArchivePlan.PartKind.VOLUME : ArchivePlan.PartKind.FOLDER,
              mounted.source(),
              count.bytes(),
              count.entries(),
              "",
              services(mounted.source()),
              consistency(mounted.source())));
      most += count.bytes() + count.bytes() / SLACK_PART;
    }
    for (BackupScope.SingleFiles files : request.scope().files()) {
      for (Path file : files.files()) {
        ArchivePlan.Part part = part(files.label(), file);
        parts.add(part);
        most += part.bytes() + part.bytes() / SLACK_PART;
      }
    }
    long bytes = parts.stream().mapToLong(ArchivePlan.Part::bytes).sum();
    long entries = parts.stream().mapToLong(ArchivePlan.Part::entries).sum();
    CreationGuards.requireRoom(target, bytes);
    kept.forEach(each -> setAside.add(new BackupScope.LeftOut(each, MESSAGES.get("left.kept"))));
    plan =
        plan(
            parts,
            most,
            entries + entries / SLACK_PART + most / Segments.LENGTH + SLACK_ENTRIES,
            journalHead);
  }

  /**
   * Asks each server what it holds. One that does not answer, or is none after all, is left out and
   * said to be missing, rather than keep the rest from being saved.
   */
  private void surveyServers() throws IOException, ProblemException {
    Set<String> taken = new HashSet<>();
    ProblemException failure = null;
    for (BackupScope.Postgres source : request.scope().databases()) {
      String name = source.service();
      for (int i = 2; !taken.add(ArchiveName.safe(name)); i++) {
        name = source.service() + "-" + i;
      }
      PostgresDump dump =
          new PostgresDump(engine(source.service()), intent, source, name, progress);
      try {
        List<PostgresDump.Database> held = dump.survey();
        for (PostgresDump.Database each : held) {
          if (PostgresServer.ours(each.name())) {
            String which = name + "/" + each.name();
            setAside.add(new BackupScope.LeftOut(which, MESSAGES.get("left.kept")));
          }
        }
        databases.add(
            new Server(
                dump, held.stream().filter(one -> !PostgresServer.ours(one.name())).toList()));
      } catch (ProblemException e) {
        if (!PostgresDump.unanswered(e.problem())) {
          throw e;
        }
        failure = e;
        String reason =
            ForeignText.line(e.problem().title() + ". " + e.problem().detail(), LONGEST_REASON);
        silent.add(new BackupScope.LeftOut(name, MESSAGES.get("left.silent", reason)));
      }
    }
    BackupScope scope = request.scope();
    if (failure != null
        && databases.isEmpty()
        && scope.folders().isEmpty()
        && scope.mounted().isEmpty()
        && scope.files().isEmpty()) {
      throw failure;
    }
  }

  /** Finds what somebody can write to who does not stand still for it. */
  private void surveyStrangers() throws ProblemException {
    if (watch == null) {
      return;
    }
    List<String> sources =
        CopyGroup.of(request.scope()).stream().flatMap(group -> group.sources().stream()).toList();
    List<BackupScope.Writer> ours =
        request.scope().writing().stream().flatMap(each -> each.writers().stream()).toList();
    unsteady = watch.now(sources, ids(ours)).keySet();
  }

  private JournaledEngine engine(String what) throws ProblemException {
    if (engine == null) {
      throw new ProblemException(MESSAGES.problem("BACKUP-NO-ENGINE", what));
    }
    return engine;
  }

  private Engine reading() throws ProblemException {
    if (reading == null) {
      throw new ProblemException(MESSAGES.problem("BACKUP-NO-ENGINE", request.scope().stack()));
    }
    return reading;
  }

  private String services(String source) {
    return request.scope().writers(source).stream()
        .map(BackupScope.Writer::service)
        .distinct()
        .collect(Collectors.joining(","));
  }

  private ArchivePlan.Consistency consistency(String source) {
    boolean still = request.mayStop() || request.scope().writers(source).isEmpty();
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

  private static ArchivePlan.Part part(PostgresDump.Database found) {
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

  private ArchivePlan.Part part(String label, Path file) {
    long size;
    try {
      size = FileFacts.of(file.toRealPath()).size();
    } catch (IOException e) {
      size = 0; // The capture meets the same and notes it as unread.
    }
    return new ArchivePlan.Part(
        EntryGuard.FILES + "/" + label + "/" + file.getFileName(),
        ArchivePlan.PartKind.FILE,
        file.toString(),
        size,
        1,
        "",
        services(file.toString()),
        consistency(file.toString()));
  }

  private ArchivePlan plan(
      List<ArchivePlan.Part> parts, long mostBytes, long mostEntries, String journalHead)
      throws RefusedException {
    if (mostEntries > ArchivePlans.MOST_ENTRIES) {
      throw new RefusedException(
          ArchiveProblems.of("BACKUP-TOO-MANY", target, ArchivePlans.MOST_ENTRIES));
    }
    BackupScope scope = request.scope();
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
        mostBytes,
        mostEntries,
        journalHead);
  }

  /** Returns what belongs into the set and cannot be read, so that the set is incomplete. */
  private List<BackupScope.LeftOut> unreached() {
    return Stream.concat(request.scope().missing().stream(), silent.stream()).toList();
  }

  /** Returns the record as it was first asked for: later another folder may be at the place. */
  Unfinished.Entry record() throws IOException {
    if (record == null) {
      record =
          Unfinished.entry(
              Unfinished.Work.CREATE,
              id,
              ArchiveFile.part(target),
              target,
              intent,
              request.compression());
    }
    return record;
  }

  /** Writes everything to the hidden files and forces it to the disk. */
  Seal write(Lock lock) throws IOException, ProblemException {
    ArchiveFile part = ArchiveFile.create(target);
    file = part;
    reached(CreationStep.PART_CREATED);
    progress.step(2, STEPS, MESSAGES.get("step.write"));
    Seal seal;
    HashedOutput hashed = new HashedOutput(part);
    try (OutputStream message = lock.encrypt(hashed)) {
      seal = content(message);
      progress.step(STEPS, STEPS, MESSAGES.get("step.seal"));
    }
    reached(CreationStep.SEALED);
    part.sync();
    reached(CreationStep.SYNCED);
    writeManifest(lock, hashed.facts(id));
    return seal;
  }

  /** Before the archive gets its name, so that the next start can finish without any key. */
  private void writeManifest(Lock lock, Manifest.FileFactsOf facts) throws IOException {
    if (ledger == null) {
      throw new IllegalStateException("nothing was written");
    }
    ArchiveFile beside = ArchiveFile.create(Sidecar.path(target));
    manifest = beside;
    byte[] salt = new byte[Sha256.LENGTH];
    new SecureRandom().nextBytes(salt);
    Manifest.Secrets secrets =
        new Manifest.Secrets(HexFormat.of().formatHex(salt), fingerprints.of(plan().stack(), salt));
    try (OutputStream message = lock.encryptManifest(beside)) {
      Sidecar.write(message, facts, plan(), secrets, ledger);
    }
    beside.sync();
    reached(CreationStep.MANIFEST_WRITTEN);
  }

  private Seal content(OutputStream message) throws IOException, ProblemException {
    long total = plan().parts().stream().mapToLong(ArchivePlan.Part::bytes).sum();
    ArchiveWriter archive =
        new ArchiveWriter(message, request.compression(), plan(), new Meter(progress, total));
    ledger = archive.ledger();
    boolean complete = false;
    try {
      reached(CreationStep.PLAN_WRITTEN);
      unreached().forEach(each -> archive.ledger().unread(each.what(), each.reason()));
      dumpDatabases(archive);
      archive.folder(EntryGuard.FILES.toString());
      if (request.scope().mounted().stream().anyMatch(BackupScope.Mounted::volume)) {
        archive.folder(EntryGuard.VOLUMES.toString());
      }
      for (CopyGroup group : CopyGroup.of(request.scope())) {
        copy(group, archive);
      }
      lacking.addAll(NeededKeys.lacking(request.scope(), archive));
      reached(CreationStep.CONTENT_WRITTEN);
      Seal seal = archive.finish();
      complete = true;
      return seal;
    } finally {
      if (!complete) {
        archive.abandon();
      }
    }
  }

  private void copy(CopyGroup group, ArchiveWriter archive) throws IOException, ProblemException {
    boolean still = group.writers().isEmpty() || request.mayStop();
    Standstill.Copying copying =
        () ->
            watched(
                group.sources(),
                still ? Set.of() : ids(group.writers()),
                archive,
                () -> {
                  for (BackupScope.Folder folder : group.folders()) {
                    progress.line(folder.path().toString());
                    FolderCapture.capture(archive, folder);
                  }
                  for (BackupScope.Mounted mounted : group.mounted()) {
                    progress.line(mounted.source());
                    new EngineCapture(reading(), progress).capture(mounted, archive);
                  }
                  for (BackupScope.SingleFiles files : group.files()) {
                    progress.line(files.folder().toString());
                    FolderCapture.capture(archive, files);
                  }
                });
    if (group.writers().isEmpty() || !request.mayStop()) {
      copying.run();
      return;
    }
    String stack = request.scope().stack();
    restarted.addAll(
        new Standstill(id, stack, standing, reading(), engine(stack), intent, steps, progress)
            .during(group.writers(), copying));
    startedLast = System.nanoTime();
  }

  /** Copies, and notes what somebody could write to meanwhile after all. */
  private void watched(
      List<String> sources,
      Set<ContainerId> known,
      ArchiveWriter archive,
      Standstill.Copying copying)
      throws IOException, ProblemException {
    if (watch == null) {
      copying.run();
      return;
    }
    WriterWatch.Copy copy = watch.begin(sources, known);
    copying.run();
    copy.end()
        .forEach((source, names) ->
            archive.ledger().changed(MESSAGES.get("changed.by", source, String.join(", ", names))));
  }

  private static Set<ContainerId> ids(List<BackupScope.Writer> writers) {
    return writers.stream().map(BackupScope.Writer::container).collect(Collectors.toSet());
  }

  /**
   * Returns the services of which one ended again after it was started. What cannot start mostly
   * ends at once, and by now some time has passed for most of them.
   */
  List<String> endedAgain() throws ProblemException {
    List<String> ended = new ArrayList<>();
    if (restarted.isEmpty()) {
      return ended;
    }
    for (long rest = SETTLING_NANOS;
        rest > 0 && !progress.cancelled();
        rest = startedLast + SETTLING_NANOS - System.nanoTime()) {
      LockSupport.parkNanos(this, rest);
    }
    for (StandstillStore.Stopped each : restarted) {
      Container now = reading().inspect(each.containerId()).container();
      RuntimeFacts facts = now.facts();
      boolean again = facts != null && facts.restarts().orElse(0) > 0;
      if (!now.live() || now.state() == ContainerState.RESTARTING || again) {
        ended.add(each.service());
      }
    }
    return ended.stream().distinct().toList();
  }

  /** Returns the keys that should be in the archive and are not. */
  List<String> lacking() {
    return lacking;
  }

  private void dumpDatabases(ArchiveWriter archive) throws IOException, ProblemException {
    archive.folder(EntryGuard.DATABASES.toString());
    for (Server server : databases) {
      PostgresDump.Database first = server.found().getFirst();
      archive.folder(first.folder());
      server.dump().writeGlobals(first, archive);
      for (PostgresDump.Database database : server.found()) {
        progress.line(database.server() + "/" + database.name());
        server.dump().write(database, archive);
      }
    }
  }

  void publish() throws IOException {
    ArchiveFile part = file;
    if (part == null) {
      throw new IllegalStateException("nothing was written");
    }
    part.publish();
    reached(CreationStep.PUBLISHED);
  }

  void publishManifest() throws IOException {
    if (manifest != null) {
      manifest.publish();
      reached(CreationStep.MANIFEST_PUBLISHED);
    }
  }

  void writeCard() throws IOException {
    RecoveryCard.write(target, request.compression(), id);
    reached(CreationStep.CARD_WRITTEN);
  }

  /** Returns whether the hidden file was made, so that its record is there too. */
  boolean begun() {
    return file != null;
  }

  String id() {
    return id;
  }

  /** Removes the hidden files, if they are still there. */
  void discard() throws IOException {
    if (manifest != null) {
      manifest.discard();
    }
    if (file != null) {
      file.discard();
    }
  }

  void reached(CreationStep step) {
    steps.reached(step.label());
  }

  ArchivePlan plan() {
    if (plan == null) {
      throw new IllegalStateException("not surveyed yet");
    }
    return plan;
  }

  Path target() {
    return target;
  }

  long size() {
    return file == null ? 0 : file.size();
  }
}
