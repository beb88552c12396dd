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
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.StackProbes;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
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

/**
 * Gives the verbs the scripted stacks to look at. What would change something, or has nothing
 * scripted to read, is refused: a demo must not look like proof.
 */
final class DemoSession implements Session {

  private final LiveParts parts;
  private final DemoEngine engine;
  private final StatusFeed status;

  private DemoSession(LiveParts parts, DemoEngine engine) {
    this.parts = parts;
    this.engine = engine;
    this.status = StatusFeeds.demo(engine, parts.clock());
  }

  static DemoSession over(LiveParts parts) {
    return new DemoSession(parts, new DemoEngine(parts.clock()));
  }

  @Override
  public EngineSnapshot engine() {
    return engine.feed().latest();
  }

  @Override
  public StatusFeed status() {
    return status;
  }

  @Override
  public List<String> recover() {
    return List.of();
  }

  @Override
  public Stacks stacks() throws ProblemException {
    return parts.stacks();
  }

  @Override
  public MergedLog log(LogQuery query, Consumer<List<LogLine>> receiver) {
    return MergedLog.open(
        () -> engine, engine.feed(), query, parts.clock(), System::nanoTime, receiver);
  }

  @Override
  public Adoption adoption() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public StackPictures pictures() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public Lifecycle lifecycle() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public StackExposure exposure() throws ProblemException {
    return parts.exposure();
  }

  @Override
  public StackProbes probes() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public SecretInventory secrets() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public Generation generation() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public StackSettings settings() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public Rotation rotation() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public BackupScope backupScope(Stack stack, List<Path> folders) throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public BackupCreation backupCreation() throws ProblemException {
    throw onlyLooks();
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
    throw onlyLooks();
  }

  @Override
  public ForeignArchives foreignArchives() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public Restore restore() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public Schedules schedules() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public BuiltInTimer backupTimer() {
    return new BuiltInTimer(parts.backups().schedules(), stack -> {});
  }

  @Override
  public ScheduledBackup scheduledBackup() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public List<String> timerCommand(String stack) throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public KeyShelf keyShelf() {
    return parts.backups().keyShelf();
  }

  @Override
  public KeyOperations keys() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public Drill drill() throws ProblemException {
    throw onlyLooks();
  }

  @Override
  public DrillHistory drills() {
    return parts.backups().drills();
  }

  @Override
  public BackupShelf shelf() {
    return parts.backups().shelf();
  }

  @Override
  public Journal journal() throws ProblemException {
    return DemoJournal.open(parts.home(), parts.clock());
  }

  @Override
  public InstantSource clock() {
    return parts.clock();
  }

  @Override
  public Doctor doctor() {
    return parts.doctor();
  }

  private static ProblemException onlyLooks() {
    Messages messages = Messages.of("app");
    return new ProblemException(
        new Problem(
            "DEMO-ONLY-LOOKS",
            messages.get("demo.title"),
            messages.get("demo.happened"),
            messages.get("demo.unchanged"),
            messages.get("demo.next"),
            null,
            ""));
  }

  @Override
  public void close() {
    status.close();
    engine.close();
    parts.close();
  }
}
