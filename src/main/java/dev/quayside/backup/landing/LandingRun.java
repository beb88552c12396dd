package dev.quayside.backup.landing;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.PartStaging;
import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores one archive over one stack. For one use. */
final class LandingRun {

  private static final int STEPS = 5;
  private static final int LONGEST = 300;
  private static final Logger LOG = LoggerFactory.getLogger(LandingRun.class);
  private static final Messages MESSAGES = Messages.of("landing");

  private final LandingParts parts;
  private final LandingRecords records;
  private final Look look;
  private final LandingRequest request;
  private final Reading reading;
  private final Progress progress;
  private final String stack;
  private final LiveStack live;
  private final PuttingBack back;
  private @Nullable Intent intent;
  private @Nullable LandingRecord record;
  private @Nullable ArchivePlan head;
  private List<LandingPlan.Mount> mounts = List.of();
  private final List<MountLanding.Staging> unpacking = new ArrayList<>();

  /** Looks at the stack as it is at that moment. */
  interface Look {

    /** Does so. */
    LandingPlanner now() throws ProblemException;
  }

  /** Reads everything and stages it where it is told to. */
  interface Reading {

    /** Does so. */
    Outcome<PartStaging.Staged> read(PartStaging.Routing routing, Progress progress);

    /** Returns whether it says of itself how it was made. */
    boolean sealed();

    /** Loads one of its dumps, with the rights that such a dump gets. */
    void load(DatabaseLanding database, LandingRecord.DatabaseSwap swap, Path dump)
        throws ProblemException, IOException, Refusal;
  }

  LandingRun(
      LandingParts parts,
      LandingRecords records,
      Look look,
      LandingRequest request,
      Progress progress) {
    this(parts, records, look, request, new OwnArchive(parts, request), progress);
  }

  LandingRun(
      LandingParts parts,
      LandingRecords records,
      Look look,
      LandingRequest request,
      Reading reading,
      Progress progress) {
    this.reading = reading;
    this.parts = parts;
    this.records = records;
    this.look = look;
    this.request = request;
    this.progress = progress;
    this.stack = request.stack().name();
    this.live = new LiveStack(parts);
    this.back = new PuttingBack(parts);
  }

  /** Reads an archive of ours. */
  private record OwnArchive(LandingParts parts, LandingRequest request) implements Reading {

    @Override
    public Outcome<PartStaging.Staged> read(PartStaging.Routing routing, Progress progress) {
      return PartStaging.read(
          parts.home(), request.archive(), request.unlocking(), routing, progress);
    }

    @Override
    public boolean sealed() {
      return true;
    }

    @Override
    public void load(DatabaseLanding database, LandingRecord.DatabaseSwap swap, Path dump)
        throws ProblemException, IOException, Refusal {
      database.load(swap, dump);
    }
  }

  Outcome<LandingReceipt> run() throws ProblemException {
    progress.step(1, STEPS, MESSAGES.get("step.verify"));
    Outcome<PartStaging.Staged> staged;
    try {
      staged = reading.read(new Routes(), progress);
    } catch (RuntimeException | Error e) {
      var _ = unpacked();
      if (intent != null && record != null) {
        takenBack(intent, MESSAGES.problem("LANDING-IO", stack), false);
      }
      throw e;
    }
    ProblemException unclosed = unpacked();
    Intent announced = intent;
    LandingRecord begun = record;
    if (announced == null || begun == null) {
      return unbegun(staged, announced);
    }
    try {
      if (unclosed != null && staged instanceof Outcome.Done<PartStaging.Staged>) {
        throw unclosed;
      }
      return switch (staged) {
        case Outcome.Done<PartStaging.Staged> done -> land(done.receipt(), announced, begun);
        case Outcome.Refused<PartStaging.Staged> no -> throw new Refusal(no.problem());
        case Outcome.Failed<PartStaging.Staged> no -> throw new ProblemException(no.problem());
        case Outcome.Found<PartStaging.Staged> _, Outcome.Attention<PartStaging.Staged> _ ->
            throw new IllegalStateException("no answer of a staging");
      };
    } catch (Refusal e) {
      return takenBack(announced, e.problem(), true);
    } catch (ProblemException e) {
      return takenBack(announced, e.problem(), false);
    } catch (IOException e) {
      return takenBack(announced, StackRestore.unreadable(stack, e), false);
    } catch (RuntimeException e) {
      Outcome<LandingReceipt> told =
          takenBack(
              announced, MESSAGES.problem("LANDING-IO", stack).withDetail(e.toString()), false);
      if (record == null || record.phase() != LandingRecord.Phase.LANDED) {
        throw e;
      }
      LOG.error("a restore is in place, but what followed failed", e);
      return told;
    } catch (Error e) {
      takenBack(announced, MESSAGES.problem("LANDING-IO", stack), false);
      throw e;
    }
  }

  /** Decides where parts go once the head of the archive was read. */
  private final class Routes implements PartStaging.Routing {

    @Override
    public Map<String, Path> places(ArchivePlan plan)
        throws IOException, ProblemException, Refusal {
      return begin(plan);
    }

    @Override
    public Map<String, PartStaging.Receiver> receivers()
        throws IOException, ProblemException, Refusal {
      return unpacking();
    }
  }

  /** Finds an image with tools for each place, writes down which, and begins to unpack there. */
  private Map<String, PartStaging.Receiver> unpacking()
      throws IOException, ProblemException, Refusal {
    Map<String, PartStaging.Receiver> receivers = new HashMap<>();
    MountRoom room = new MountRoom(progress);
    for (LandingPlan.Mount each : mounts) {
      LandingRecord begun = Objects.requireNonNull(record);
      Intent announced = Objects.requireNonNull(intent);
      MountLanding landing = new MountLanding(parts, begun, announced);
      LandingRecord.MountSwap bare =
          begun.mounts().stream()
              .filter(one -> one.part().equals(each.part()))
              .findFirst()
              .orElseThrow();
      LandingRecord.MountSwap swap = null;
      for (String image : each.images()) {
        if (swap == null && landing.able(bare.by(image))) {
          swap = bare.by(image);
        }
      }
      if (swap == null) {
        throw new Refusal(MESSAGES.problem("LANDING-NO-TOOLS", each.source(), stack));
      }
      LandingRecord.MountSwap chosen = swap;
      LandingRecord named =
          begun.with(
              begun.mounts().stream()
                  .map(one -> one.part().equals(each.part()) ? chosen : one)
                  .toList());
      records.write(named);
      record = named;
      MountLanding.Staging staging = landing.new Staging(chosen, each.bytes(), room);
      unpacking.add(staging);
      receivers.put(each.part(), staging);
    }
    return receivers;
  }

  /** Returns what kept a container from being removed; it is removed when all is taken back. */
  private @Nullable ProblemException unpacked() {
    ProblemException failure = null;
    for (MountLanding.Staging each : unpacking) {
      try {
        each.close();
      } catch (ProblemException e) {
        failure = e;
      }
    }
    unpacking.clear();
    return failure;
  }

  /** Announces and writes down what is made from here on. */
  private Map<String, Path> begin(ArchivePlan plan) throws IOException, ProblemException, Refusal {
    LandingPlan planned = look.now().plan(plan, request);
    head = plan;
    String id = UUID.randomUUID().toString();
    List<LandingRecord.FolderSwap> folders = new ArrayList<>();
    for (LandingPlan.Folder each : planned.folders()) {
      folders.add(
          LandingRecord.FolderSwap.of(each.part(), LandingGuards.exchangeable(each.live()), id));
    }
    List<LandingRecord.DatabaseSwap> databases = new ArrayList<>();
    for (LandingPlan.Database each : planned.databases()) {
      databases.add(
          LandingRecord.DatabaseSwap.of(
              each.part(), each.service(), each.name(), id, databases.size() + 1));
    }
    List<LandingRecord.MountSwap> inside = new ArrayList<>();
    mounts = planned.mounts();
    for (LandingPlan.Mount each : mounts) {
      inside.add(LandingRecord.MountSwap.of(each.part(), each.source(), id, inside.size() + 1));
    }
    Intent announced =
        parts
            .journal()
            .begin(
                StackRestore.RESTORE,
                stack,
                Map.of("id", id, "archive", request.archive().toString()));
    intent = announced;
    parts.reached(LandingStep.ANNOUNCED);
    LandingRecord begun =
        new LandingRecord(
            id,
            stack,
            request.archive().toString(),
            parts.time().instant(),
            LandingRecord.Phase.STAGING,
            announced.id(),
            LandingRecord.uri(records.dumps(id)),
            folders,
            databases,
            inside,
            planned.consumers(),
            planned.servers(),
            live.engine());
    records.write(begun);
    record = begun;
    parts.reached(LandingStep.RECORDED);
    Map<String, Path> places = new HashMap<>();
    folders.forEach(each -> places.put(each.part(), each.stagedPath()));
    if (!databases.isEmpty()) {
      AtomicFiles.createFolder(begun.dumpsPath());
    }
    databases.forEach(each -> places.put(each.part(), begun.dumpsPath().resolve(each.file())));
    return places;
  }

  private Outcome<LandingReceipt> land(
      PartStaging.Staged staged, Intent announced, LandingRecord begun)
      throws IOException, ProblemException, Refusal {
    LandingGuards.whole(staged, begun, request.unknownOrigin());
    parts.reached(LandingStep.STAGED);
    progress.step(2, STEPS, MESSAGES.get("step.load"));
    for (LandingRecord.DatabaseSwap each : begun.databases()) {
      checkCancelled();
      Path dump = begun.dumpsPath().resolve(each.file());
      reading.load(back.database(begun, each, announced), each, dump);
    }
    parts.reached(LandingStep.LOADED);
    checkCancelled();
    // Reading took its time: who runs now has to stand still, not who ran then.
    LandingPlan now = look.now().plan(Objects.requireNonNull(head), request);
    LandingRecord swapping =
        begun.by(new Users(now.consumers(), now.servers())).in(LandingRecord.Phase.SWAPPING);
    record = swapping;
    records.write(swapping);
    parts.reached(LandingStep.SWAP_RECORDED);
    progress.step(3, STEPS, MESSAGES.get("step.swap"));
    swap(swapping, announced);
    progress.step(STEPS - 1, STEPS, MESSAGES.get("step.start"));
    live.start(stack, new Users(swapping.consumers(), swapping.servers()), progress);
    parts.reached(LandingStep.STARTED);
    PartStaging.remove(swapping.dumpsPath());
    LandingRecord landed = swapping.in(LandingRecord.Phase.LANDED);
    records.write(landed);
    record = landed;
    parts.reached(LandingStep.LANDED);
    return ended(staged, announced, landed);
  }

  private void swap(LandingRecord swapping, Intent announced) throws ProblemException, IOException {
    live.stop(stack, swapping.consumers(), progress);
    parts.reached(LandingStep.STOPPED);
    for (LandingRecord.DatabaseSwap each : swapping.databases()) {
      back.database(swapping, each, announced).forward(each);
      parts.reached(LandingStep.DATABASE_SWAPPED);
    }
    live.stop(stack, swapping.servers(), progress);
    SiblingSwap folders = new SiblingSwap(parts.steps());
    for (LandingRecord.FolderSwap each : swapping.folders()) {
      live.requireStill(stack, each.livePath());
      folders.forward(each);
      live.requireStill(stack, each.livePath()); // one started meanwhile has the old one mounted
    }
    for (LandingRecord.MountSwap each : swapping.mounts()) {
      new MountLanding(parts, swapping, announced).forward(each);
    }
  }

  /** The new set is in place and said to be; nothing takes it back any more but the operator. */
  private Outcome<LandingReceipt> ended(
      PartStaging.Staged staged, Intent announced, LandingRecord landed) throws ProblemException {
    progress.step(STEPS, STEPS, MESSAGES.get("step.ask"));
    LandingReceipt receipt =
        LandingReceipt.of(landed, LandingReceipt.State.RESTORED, staged.changed())
            .with(new Answers(parts).of(landed, progress));
    List<String> bad = receipt.bad();
    List<String> unsure = reading.sealed() ? staged.plan().unsure() : List.of();
    if (staged.changed().isEmpty() && unsure.isEmpty() && bad.isEmpty()) {
      announced.done(Map.of("archive", landed.archive()));
      parts.reached(LandingStep.OUTCOME_RECORDED);
      return new Outcome.Done<>(receipt);
    }
    Problem problem = MESSAGES.problem("LANDING-CHANGED", stack, staged.changed().size());
    if (!bad.isEmpty()) {
      problem = MESSAGES.problem("LANDING-NO-ANSWER", stack, String.join("; ", bad));
    } else if (!unsure.isEmpty()) {
      String which = ForeignText.line(String.join(", ", unsure), LONGEST);
      problem = MESSAGES.problem("LANDING-UNSURE", stack, which);
    }
    announced.attention(Map.of("problem", problem.code()));
    parts.reached(LandingStep.OUTCOME_RECORDED);
    return new Outcome.Attention<>(receipt, problem);
  }

  private void checkCancelled() throws ProblemException {
    if (progress.cancelled()) {
      throw new ProblemException(MESSAGES.problem("LANDING-CANCELLED", stack));
    }
  }

  private Outcome<LandingReceipt> unbegun(
      Outcome<PartStaging.Staged> staged, @Nullable Intent announced) throws ProblemException {
    if (announced != null) {
      announced.failed(Map.of("changed", "nothing"));
    }
    return switch (staged) {
      case Outcome.Refused<PartStaging.Staged> no -> new Outcome.Refused<>(no.problem());
      case Outcome.Failed<PartStaging.Staged> no -> new Outcome.Failed<>(no.problem());
      case Outcome.Done<PartStaging.Staged> _,
          Outcome.Found<PartStaging.Staged> _,
          Outcome.Attention<PartStaging.Staged> _ ->
          throw new IllegalStateException("done without a beginning");
    };
  }

  /** Takes everything back; what cannot be taken back now keeps its record for the next start. */
  private Outcome<LandingReceipt> takenBack(Intent announced, Problem why, boolean refused)
      throws ProblemException {
    LandingRecord last = record;
    if (last == null) {
      throw new ProblemException(why);
    }
    if (last.phase() == LandingRecord.Phase.LANDED) {
      // The new set is in use, whatever failed after that.
      return new Outcome.Attention<>(
          LandingReceipt.of(last, LandingReceipt.State.RESTORED, List.of()),
          MESSAGES
              .problem("LANDING-UNASKED", stack)
              .withDetail((why.title() + " " + why.detail()).strip()));
    }
    boolean interrupted = Thread.interrupted();
    try {
      Problem left =
          new Insisting(parts, records)
              .takeBack(last, announced, Map.of("problem", why.code()))
              .problem(stack);
      if (left != null) {
        return new Outcome.Attention<>(
            LandingReceipt.of(last, LandingReceipt.State.UNDONE, List.of()),
            left.withDetail((why.title() + ": " + why.happened() + " " + why.detail()).strip()));
      }
      if (refused) {
        return new Outcome.Refused<>(why);
      }
      boolean touched = last.phase() == LandingRecord.Phase.SWAPPING;
      return new Outcome.Failed<>(
          touched
              ? MESSAGES
                  .problem("LANDING-PUT-BACK", stack, why.title(), why.happened())
                  .withDetail(why.detail())
              : why);
    } catch (ProblemException | IOException stuck) {
      LandingReceipt receipt = LandingReceipt.of(last, LandingReceipt.State.RESTORED, List.of());
      Problem problem =
          MESSAGES
              .problem("LANDING-STUCK", stack, why.title())
              .withDetail(String.valueOf(stuck.getMessage()));
      announced.attention(Map.of("problem", problem.code()));
      return new Outcome.Attention<>(receipt, problem);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
