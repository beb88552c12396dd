package dev.quayside.backup;

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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Carries out one backup, step by step. For one thread. */
final class Creation {

  private static final int STEPS = 3;

  /** In which most of what cannot start has ended. */
  private static final long SETTLING_NANOS = Duration.ofSeconds(1).toNanos();

  private static final Messages MESSAGES = Messages.of("backup");

  private final BackupRequest request;
  private final Path target;
  private final String id;
  private final Instant created;
  private final Intent intent;
  private final BackupEngines engines;
  private final StandstillStore standing;
  private final StepBoundary steps;
  private final Progress progress;
  private final SecretFingerprint.Source fingerprints;
  private final List<String> lacking = new ArrayList<>();
  private final @Nullable WriterWatch watch;
  private final List<StandstillStore.Stopped> restarted = new ArrayList<>();
  private long startedLast;
  private @Nullable BackupSurvey survey;
  private @Nullable ArchivePlan plan;
  private @Nullable ArchiveFile file;
  private @Nullable ArchiveFile manifest;
  private @Nullable Ledger ledger;
  private Unfinished.@Nullable Entry record;

  Creation(
      BackupRequest request,
      Path target,
      String id,
      Instant created,
      Intent intent,
      BackupEngines engines,
      StandstillStore standing,
      StepBoundary steps,
      Progress progress,
      SecretFingerprint.Source fingerprints) {
    this.request = request;
    this.target = target;
    this.id = id;
    this.created = created;
    this.intent = intent;
    this.engines = engines;
    Engine reading = engines.reading();
    this.watch = reading == null ? null : new WriterWatch(reading, request.scope());
    this.standing = standing;
    this.steps = steps;
    this.progress = progress;
    this.fingerprints = fingerprints;
  }

  /** Counts what there is to save, and checks the room. */
  void survey(String journalHead) throws IOException, ProblemException {
    progress.step(1, STEPS, MESSAGES.get("step.count"));
    BackupSurvey made = BackupSurvey.of(request, engines, watch, intent, progress);
    CreationGuards.requireRoom(target, made.bytes());
    plan = made.plan(target, id, created, journalHead);
    survey = made;
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
      surveyed().unreached().forEach(each -> archive.ledger().unread(each.what(), each.reason()));
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
                still ? Set.of() : BackupScope.Writer.ids(group.writers()),
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
    Standstill standstill =
        new Standstill(
            id, stack, standing, reading(), engines.changing(stack), intent, steps, progress);
    restarted.addAll(standstill.during(group.writers(), copying));
    standstill
        .cutShort()
        .forEach(service -> archive.ledger().changed(MESSAGES.get("changed.killed", service)));
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

  private Engine reading() throws ProblemException {
    return engines.reading(request.scope().stack());
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
    for (BackupSurvey.Server server : surveyed().servers()) {
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

  private BackupSurvey surveyed() {
    if (survey == null) {
      throw new IllegalStateException("not surveyed yet");
    }
    return survey;
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
