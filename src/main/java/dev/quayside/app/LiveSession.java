package dev.quayside.app;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Restore;
import dev.quayside.backup.drill.Drill;
import dev.quayside.backup.drill.DrillHistory;
import dev.quayside.backup.keys.KeyOperations;
import dev.quayside.backup.keys.KeyShelf;
import dev.quayside.backup.landing.StackRestore;
import dev.quayside.backup.schedule.BuiltInTimer;
import dev.quayside.backup.schedule.ScheduledBackup;
import dev.quayside.backup.schedule.Schedules;
import dev.quayside.cli.Session;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.StackProbes;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.journal.Journal;
import dev.quayside.secrets.Generation;
import dev.quayside.secrets.Rotation;
import dev.quayside.secrets.SecretInventory;
import dev.quayside.setup.Doctor;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.adopt.Adoption;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.LogQuery;
import dev.quayside.stack.logs.MergedLog;
import dev.quayside.stack.picture.StackPictures;
import dev.quayside.stack.settings.StackSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Gives the verbs the operations on a real engine. */
final class LiveSession implements Session {

  private final LiveParts parts;

  LiveSession(LiveParts parts) {
    this.parts = parts;
  }

  @Override
  public EngineSnapshot engine() throws ProblemException {
    return FirstList.await(parts.registry().feed());
  }

  @Override
  public StatusFeed status() {
    // Here, where one may wait: the status itself asks nobody.
    parts.confirmAdopted();
    return parts.status();
  }

  @Override
  public List<String> recover() {
    return parts.recover().stream().map(LiveSession::told).toList();
  }

  private static String told(Recovered one) {
    Problem problem = one.problem();
    return problem == null ? one.text() : one.text() + " " + problem.nextStep();
  }

  @Override
  public Stacks stacks() throws ProblemException {
    return parts.stacks();
  }

  @Override
  public Adoption adoption() throws ProblemException {
    return parts.adoption();
  }

  @Override
  public StackPictures pictures() throws ProblemException {
    return parts.pictures();
  }

  @Override
  public Lifecycle lifecycle() throws ProblemException {
    return parts.lifecycle();
  }

  @Override
  public MergedLog log(LogQuery query, Consumer<List<LogLine>> receiver) {
    return MergedLog.open(
        parts.registry()::engine,
        parts.registry().feed(),
        query,
        parts.clock(),
        System::nanoTime,
        receiver);
  }

  @Override
  public StackExposure exposure() throws ProblemException {
    return parts.exposure();
  }

  @Override
  public StackProbes probes() throws ProblemException {
    return parts.probes();
  }

  @Override
  public SecretInventory secrets() throws ProblemException {
    return parts.secrets();
  }

  @Override
  public Generation generation() throws ProblemException {
    return parts.generation();
  }

  @Override
  public StackSettings settings() throws ProblemException {
    return parts.settings();
  }

  @Override
  public Rotation rotation() throws ProblemException {
    return parts.rotation();
  }

  @Override
  public BackupScope backupScope(Stack stack, List<Path> folders) throws ProblemException {
    return parts.backups().backupScope(stack, folders);
  }

  @Override
  public BackupCreation backupCreation() throws ProblemException {
    return parts.backups().backupCreation();
  }

  @Override
  public BackupVerification backupVerification() {
    return parts.backups().backupVerification();
  }

  @Override
  public Preview preview() {
    return parts.backups().preview();
  }

  @Override
  public StackRestore stackRestore() throws ProblemException {
    return parts.backups().stackRestore();
  }

  @Override
  public ForeignArchives foreignArchives() throws ProblemException {
    return parts.backups().foreignArchives();
  }

  @Override
  public Restore restore() throws ProblemException {
    return parts.backups().restore();
  }

  @Override
  public Drill drill() throws ProblemException {
    return parts.backups().drill();
  }

  @Override
  public DrillHistory drills() {
    return parts.backups().drills();
  }

  @Override
  public Schedules schedules() {
    return parts.backups().schedules();
  }

  @Override
  public BuiltInTimer backupTimer() {
    return parts.backups().backupTimer();
  }

  @Override
  public ScheduledBackup scheduledBackup() throws ProblemException {
    return parts.backups().scheduledBackup();
  }

  @Override
  public List<String> timerCommand(String stack) throws ProblemException {
    return parts.backups().timerCommand(stack);
  }

  @Override
  public KeyShelf keyShelf() {
    return parts.backups().keyShelf();
  }

  @Override
  public KeyOperations keys() throws ProblemException {
    return parts.backups().keys();
  }

  @Override
  public BackupShelf shelf() {
    return parts.backups().shelf();
  }

  @Override
  public Journal journal() throws ProblemException {
    return parts.journal();
  }

  @Override
  public InstantSource clock() {
    return parts.clock();
  }

  @Override
  public Doctor doctor() {
    return parts.doctor();
  }

  @Override
  public void close() {
    parts.close();
  }
}
