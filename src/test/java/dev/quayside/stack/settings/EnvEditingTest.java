package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvLocks;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Saving writes one file as it was planned, refuses what changed, and can be undone. */
class EnvEditingTest extends EnvEditingFixture {

  @Test
  void aPlanShowsWhatWouldChangeAndWritesNothing() throws Exception {
    write("A=1\nAPI_KEY=zzsecret\nB=2 # why\n");
    try (EnvPlan plan =
        plan(
            EnvWorld.put("A", "9"),
            EnvWorld.put("API_KEY", "zznew"),
            EnvWorld.put("C", "3"),
            new EnvChange.Remove("B"))) {
      assertThat(plan.diff().stream().map(EnvWords::difference))
          .containsExactly(
              "~ A: 1 becomes 9 (line 1)",
              "~ API_KEY: •••••••• becomes •••••••• (line 2)",
              "+ C=3 (line 3)",
              "- B=2");
    }
    assertThat(Files.readString(file)).isEqualTo("A=1\nAPI_KEY=zzsecret\nB=2 # why\n");
    assertThat(EnvEditing.anyBegun(home, Journal.open(home, InstantSource.system()))).isFalse();
  }

  @Test
  void whatIsSavedIsInTheFileTheJournalAndTheHistory() throws Exception {
    write("A=1\nAPI_KEY=zzsecret\n");
    EnvReceipt receipt;
    try (EnvPlan plan = plan(EnvWorld.put("API_KEY", "zznew"))) {
      receipt = saved(plan);
    }
    assertThat(Files.readString(file)).isEqualTo("A=1\nAPI_KEY=zznew\n");
    assertThat(receipt.inPlace()).isFalse();
    assertThat(receipt.version()).isEqualTo("00000001");
    Journal journal = Journal.open(home, InstantSource.system());
    assertThat(journal.entries())
        .extracting(entry -> entry.kind())
        .containsExactly(EntryKind.INTENT, EntryKind.DONE);
    assertThat(journal.head()).isEqualTo(receipt.journalHead());
    assertThat(Files.readString(journal.path())).doesNotContain("zznew", "zzsecret");
    try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(one, StandardCharsets.ISO_8859_1))
            .doesNotContain("zznew", "zzsecret");
      }
    }
  }

  @Test
  void aFileThatAContainerHasMountedStaysTheSameFile() throws Exception {
    write("A=1\n");
    Object inode = Files.getAttribute(file, "unix:ino");
    editing = editing(file);
    try (EnvPlan plan = plan(EnvWorld.put("A", "two words"))) {
      assertThat(saved(plan).inPlace()).isTrue();
    }
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(Files.readString(file)).isEqualTo("A='two words'\n");
  }

  @Test
  void aWideModeIsKeptAndANewFileIsPrivate() throws Exception {
    write("A=1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (EnvPlan plan = plan(EnvWorld.put("A", "2"))) {
      saved(plan);
    }
    assertThat(mode(file)).isEqualTo("rw-r--r--");
    Files.delete(file);
    try (EnvPlan plan = plan(EnvWorld.put("A", "2"))) {
      assertThat(saved(plan).version()).isEmpty();
    }
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFileThatOthersChangedIsRefusedAndTheirChangeIsNamed() throws Exception {
    write("A=1\nAPI_KEY=zzsecret\n");
    try (EnvPlan plan = plan(EnvWorld.put("A", "2"))) {
      write("A=1\nAPI_KEY=zzother\nD=4\n");
      Problem refused = refusal(editing.save(plan));
      assertThat(refused.code()).isEqualTo("ENV-CONFLICT");
      assertThat(refused.happened()).contains("API_KEY", "D=4").doesNotContain("zz");
    }
    assertThat(Files.readString(file)).isEqualTo("A=1\nAPI_KEY=zzother\nD=4\n");
    Journal journal = Journal.open(home, InstantSource.system());
    assertThat(journal.unended(EnvEditing.ACTION)).isEmpty();
  }

  @Test
  void aPlanForAnOlderViewIsRefused() throws Exception {
    write("A=1\n");
    String seen = editing.view(EnvWorld.target(file)).hash();
    write("A=2\n");
    Outcome<EnvPlan> outcome =
        editing.plan(EnvWorld.target(file), seen, List.of(EnvWorld.put("A", "3")));
    assertThat(refusal(outcome).code()).isEqualTo("ENV-CHANGED-SINCE");
  }

  @Test
  void nothingToSaveAndALockedFileAreRefused() throws Exception {
    write("A=1\n");
    try (EnvPlan same = plan(EnvWorld.put("A", "1"))) {
      assertThat(refusal(editing.save(same)).code()).isEqualTo("ENV-NOTHING");
    }
    try (EnvPlan plan = plan(EnvWorld.put("A", "2"));
        ProcessLock lock =
            EnvLocks.acquire(home.state().resolve("locks"), file, Duration.ofSeconds(1))) {
      assertThat(lock).isNotNull();
      EnvEditing hasty =
          new EnvEditing(
              EnvWorld.parts(home, Path.of("/nonexistent"), StepBoundary.none()),
              Duration.ofMillis(50));
      CompletableFuture<Outcome<EnvReceipt>> waiting =
          CompletableFuture.supplyAsync(() -> hasty.save(plan));
      assertThat(refusal(waiting.get()).code()).isEqualTo("ENV-LOCKED");
    }
    assertThat(Files.readString(file)).isEqualTo("A=1\n");
  }

  @Test
  void aFileThatCannotBeWrittenStaysAndTheSaveHasFailed() throws Exception {
    write("A=1\n");
    try (EnvPlan plan = plan(EnvWorld.put("A", "2"))) {
      // A folder in the way of the copies.
      Files.createDirectories(home.state());
      Files.writeString(home.state().resolve("env-edits"), "");
      assertThat(editing.save(plan)).isInstanceOf(Outcome.Failed.class);
    }
    assertThat(Files.readString(file)).isEqualTo("A=1\n");
    assertThat(Journal.open(home, InstantSource.system()).unended(EnvEditing.ACTION)).isEmpty();
  }

  @Test
  void aTextTypedAsAWholeIsPlannedAgainstWhatWasSeen() throws Exception {
    write("A=1\n");
    EnvTarget target = EnvWorld.target(file);
    String seen = editing.view(target).hash();
    try (Secret text = editing.text(target);
        Secret typed = Secret.owning("A=1\nB=2\n".toCharArray());
        Secret broken = Secret.owning("A=1\n!\n".toCharArray());
        EnvPlan plan = EnvWorld.planned(editing.planText(target, seen, typed))) {
      assertThat(text.<String>withChars(String::new)).isEqualTo("A=1\n");
      assertThat(plan.diff()).hasSize(1);
      assertThat(refusal(editing.planText(target, seen, broken)).code()).isEqualTo("ENV-BROKEN");
      saved(plan);
      assertThat(refusal(editing.planText(target, seen, typed)).code())
          .isEqualTo("ENV-CHANGED-SINCE");
    }
    try (Secret value = editing.reveal(target, "B")) {
      assertThat(value.<String>withChars(String::new)).isEqualTo("2");
    }
    Files.write(file, new byte[] {'A', '=', (byte) 0xFF});
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> editing.text(target))
        .isInstanceOf(dev.quayside.common.ProblemException.class);
  }

  @Test
  void aMixtureThatAKillLeftInPlaceIsPutBack() throws Exception {
    write("A=12345678\n");
    EnvStore store = new EnvStore(home);
    byte[] before = Files.readAllBytes(file);
    byte[] after = "A=abcdefghij\n".getBytes(StandardCharsets.UTF_8);
    Journal journal = Journal.open(home, InstantSource.system());
    String id =
        journal.begin(EnvEditing.ACTION, "demo", java.util.Map.of("file", file.toString())).id();
    store.create(record(id, before, after, true), before, after);
    write("A=abcd5678\n");
    assertThat(EnvEditing.recover(home, journal, InstantSource.system()))
        .extracting(EnvRecovery::ended)
        .containsExactly(EnvRecovery.Ended.PUT_BACK);
    assertThat(Files.readString(file)).isEqualTo("A=12345678\n");
    assertThat(journal.unended(EnvEditing.ACTION)).isEmpty();
    assertThat(store.begun()).isFalse();
  }

  @Test
  void whatAKillLeftIsSettledForWhoeverWritesTheFileNext() throws Exception {
    write("A=12345678\n");
    byte[] before = Files.readAllBytes(file);
    byte[] after = "A=abcdefghij\n".getBytes(StandardCharsets.UTF_8);
    assertThat(editing.settle(file)).isFalse();
    for (String present : List.of("A=abcd5678\n", "A=by hand\n")) {
      Journal journal = Journal.open(home, InstantSource.system());
      String id =
          journal.begin(EnvEditing.ACTION, "demo", java.util.Map.of("file", file.toString())).id();
      new EnvStore(home).create(record(id, before, after, true), before, after);
      write(present);
      assertThat(editing.settle(file.resolveSibling("other"))).isFalse();
      assertThat(Files.readString(file)).isEqualTo(present);
      assertThat(editing.settle(file)).isEqualTo(present.contains("hand"));
      assertThat(new EnvStore(home).begun()).isFalse();
    }
    assertThat(Files.readString(file)).isEqualTo("A=by hand\n");
  }

  @Test
  void whatOthersMadeOfTheFileSinceIsLeftAndTheOldOneIsKept() throws Exception {
    byte[] before = "A=1\n".getBytes(StandardCharsets.UTF_8);
    byte[] after = "A=2\n".getBytes(StandardCharsets.UTF_8);
    Journal journal = Journal.open(home, InstantSource.system());
    String id =
        journal.begin(EnvEditing.ACTION, "demo", java.util.Map.of("file", file.toString())).id();
    new EnvStore(home).create(record(id, before, after, false), before, after);
    write("A=by hand\n");
    List<EnvRecovery> told = EnvEditing.recover(home, journal, InstantSource.system());
    assertThat(told).extracting(EnvRecovery::ended).containsExactly(EnvRecovery.Ended.LEFT);
    assertThat(told.getFirst().problem().code()).isEqualTo("ENV-LEFT");
    assertThat(Files.readString(file)).isEqualTo("A=by hand\n");
    assertThat(editing.history(EnvWorld.target(file))).hasSize(1);
  }

  private EnvRecord record(String id, byte[] before, byte[] after, boolean inPlace) {
    return new EnvRecord(
        id,
        "demo",
        file,
        true,
        EnvFile.hash(before),
        EnvFile.hash(after),
        inPlace,
        "edit",
        List.of("A"));
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() throws Exception {
    write("A=1\n");
    EnvTarget target = EnvWorld.target(file);
    String seen = editing.view(target).hash();
    try (Secret text = Secret.owning(("#" + "x".repeat(EnvFile.LARGEST)).toCharArray())) {
      Outcome<EnvPlan> outcome = editing.planText(target, seen, text);
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed<?>) outcome).problem().code()).isEqualTo("ENV-TOO-LARGE");
    }
    write("#" + "x".repeat(EnvFile.LARGEST - 8) + "\nA=1\n");
    assertThat(refusal(editing.plan(target, null, List.of(EnvWorld.put("B", "1")))).code())
        .isEqualTo("ENV-TOO-LARGE");
  }

  @Test
  void aLinkThatLeadsNowhereIsNoNewFile() throws Exception {
    Files.createSymbolicLink(file, folder.resolve("gone"));
    assertThat(
            refusal(editing.plan(EnvWorld.target(file), null, List.of(EnvWorld.put("A", "1"))))
                .code())
        .isEqualTo("ENV-MISSING");
  }

  @Test
  void valuesThatAreNoTextAreNotTakenForTheSame() throws Exception {
    Files.write(file, new byte[] {'A', '=', (byte) 0xFF, '\n'});
    byte[] other = {'A', '=', (byte) 0xFE, '\n'};
    assertThat(EnvWorld.planned(editing.planContent(EnvWorld.target(file), other, "edit")).diff())
        .extracting(EnvDifference::kind)
        .containsExactly(EnvDifference.Kind.CHANGED);
  }

  /** Counts what this thread computed, as the machine may have other things to do. */
  @Test
  void tenThousandNamesAreNoReasonToWait() throws Exception {
    StringBuilder text = new StringBuilder();
    StringBuilder turned = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("NAME").append(i).append("=").append(i).append('\n');
      turned.append("NAME").append((i * 7919) % 20_000).append("=").append(i).append('\n');
    }
    turned.append("TWICE=1\n".repeat(20_000));
    write(text.toString());
    EnvTarget target = EnvWorld.target(file);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    try (EnvPlan plan = plan(EnvWorld.put("NAME777", "x"));
        EnvPlan mixed =
            EnvWorld.planned(
                editing.planContent(
                    target, turned.toString().getBytes(StandardCharsets.UTF_8), "edit"))) {
      assertThat(plan.diff()).hasSize(1);
      assertThat(mixed.diff()).hasSizeGreaterThan(10_000);
    }
    write(turned.toString());
    try (EnvPlan once = plan(new EnvChange.KeepLast("TWICE"))) {
      assertThat(once.diff()).hasSize(1);
    }
    long seconds = (threads.getCurrentThreadCpuTime() - began) / 1_000_000_000;
    assertThat(seconds).isLessThan(15);
  }
}
