package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A save that fails says so truly, and what others wrote meanwhile is never lost. */
class EnvSaveFailureTest {

  private static final String LARGE = "#" + "x".repeat(150_000) + "\n";

  @TempDir Path folder;
  private Path file;
  private Home home;

  @BeforeEach
  void aFile() throws Exception {
    file = Files.createDirectory(folder.resolve("stack")).toRealPath().resolve(".env");
    home = EnvWorld.home(folder.resolve("home"));
  }

  @AfterEach
  void notInterrupted() {
    // Where a test left it set, the next one would fail.
    assertThat(Thread.interrupted()).isFalse();
  }

  private interface Act {
    void act() throws IOException;
  }

  /** Does something at one step. */
  private static StepBoundary at(String wanted, Act act) {
    return step -> {
      if (step.equals(wanted)) {
        try {
          act.act();
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    };
  }

  private Outcome<EnvReceipt> save(boolean inPlace, StepBoundary boundary, EnvChange... changes)
      throws Exception {
    EnvEditing editing =
        new EnvEditing(EnvWorld.parts(home, inPlace ? file : Path.of("/nonexistent"), boundary));
    try (EnvPlan plan =
        EnvWorld.planned(editing.plan(EnvWorld.target(file), null, List.of(changes)))) {
      return editing.save(plan);
    }
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Journal journal() throws Exception {
    return Journal.open(home, InstantSource.system());
  }

  private List<EnvRecovery.Ended> recovered() throws Exception {
    return EnvEditing.recover(home, journal(), InstantSource.system()).stream()
        .map(EnvRecovery::ended)
        .toList();
  }

  private List<EnvVersion> versions() throws Exception {
    return new EnvHistory(home).list(EnvWorld.target(file));
  }

  private String content(EnvVersion version) throws Exception {
    return new String(
        new EnvHistory(home).content(EnvWorld.target(file), version), StandardCharsets.UTF_8);
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(new EnvStore(home).begun()).isFalse();
    assertThat(journal().unended(EnvEditing.ACTION)).isEmpty();
    if (Files.exists(file.getParent())) {
      try (Stream<Path> beside = Files.list(file.getParent())) {
        assertThat(beside).allMatch(file::equals);
      }
    }
  }

  private EntryKind lastOutcome() throws Exception {
    return journal().entries().stream()
        .filter(entry -> entry.kind() != EntryKind.INTENT)
        .map(JournalEntry::kind)
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private static Problem failure(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed<?>) outcome).problem();
  }

  private static Problem attention(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    return ((Outcome.Attention<?>) outcome).problem();
  }

  private static EnvReceipt.Result result(Outcome<EnvReceipt> outcome) {
    return ((Outcome.Attention<EnvReceipt>) outcome).receipt().result();
  }

  private static Problem refusal(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).problem();
  }

  @Test
  void anInterruptedWriteInPlaceIsPutBack() throws Exception {
    write(LARGE + "A=1\n");
    Outcome<EnvReceipt> outcome =
        save(
            true,
            at(EnvSteps.HALF_WRITTEN, () -> Thread.currentThread().interrupt()),
            EnvWorld.put("A", "2"));
    assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    assertThat(failure(outcome).code()).isEqualTo("ENV-NOT-WRITTEN");
    assertThat(file).hasContent(LARGE + "A=1\n");
    assertThat(lastOutcome()).isEqualTo(EntryKind.FAILED);
    assertNothingIsLeft();
  }

  @Test
  void aPutBackThatFailsTooIsSaidAndDoneAtTheNextStart() throws Exception {
    String old = "A=1\n" + LARGE + "B=1\n";
    write(old);
    Path blocked = home.state().resolve("env-history");
    Outcome<EnvReceipt> outcome =
        save(
            true,
            at(
                EnvSteps.HALF_WRITTEN,
                () -> {
                  // Nothing can be kept, so nothing may be written over.
                  Files.writeString(blocked, "");
                  throw new IOException("no space left");
                }),
            EnvWorld.put("A", "2"),
            EnvWorld.put("B", "2"));
    Problem problem = attention(outcome);
    assertThat(problem.code()).isEqualTo("ENV-NOT-PUT-BACK");
    assertThat(result(outcome)).isEqualTo(EnvReceipt.Result.NOT_SAVED);
    assertThat(problem.happened()).contains("no space left", "neither the old content nor the new");
    assertThat(Files.readString(file)).startsWith("A=2").endsWith("B=1\n");
    assertThat(journal().unended(EnvEditing.ACTION)).hasSize(1);

    Files.delete(blocked);
    assertThat(recovered()).containsExactly(EnvRecovery.Ended.PUT_BACK);
    assertThat(Files.readString(file)).isEqualTo(old);
    assertThat(versions()).extracting(EnvVersion::reason).containsExactly("found");
    assertThat(content(versions().getFirst())).startsWith("A=2").endsWith("B=1\n");
    assertNothingIsLeft();
  }

  @Test
  void aJournalThatCannotBeWrittenAfterwardsDoesNotMakeTheFileUnchanged() throws Exception {
    write("A=1\n");
    Path journal = journal().path();
    Path away = folder.resolve("journal");
    Outcome<EnvReceipt> outcome =
        save(
            false,
            at(
                EnvSteps.WRITTEN,
                () -> {
                  Files.move(journal, away);
                  Files.createDirectory(journal);
                }),
            EnvWorld.put("A", "2"));
    assertThat(attention(outcome).code()).isEqualTo("ENV-TIDYING-LEFT");
    assertThat(result(outcome)).isEqualTo(EnvReceipt.Result.SAVED);
    assertThat(file).hasContent("A=2");

    Files.delete(journal);
    Files.move(away, journal);
    assertThat(recovered()).containsExactly(EnvRecovery.Ended.FINISHED);
    assertThat(file).hasContent("A=2");
    assertThat(lastOutcome()).isEqualTo(EntryKind.DONE);
    assertThat(versions()).hasSize(1);
    assertNothingIsLeft();
  }

  @Test
  void whatAnEditorWroteJustBeforeStays() throws Exception {
    for (boolean inPlace : new boolean[] {true, false}) {
      write("A=1\n");
      Outcome<EnvReceipt> outcome =
          save(
              inPlace,
              at(EnvSteps.PREPARED, () -> Files.writeString(file, "A=1\nB=theirs\n")),
              EnvWorld.put("A", "2"));
      Problem refused = refusal(outcome);
      assertThat(refused.code()).isEqualTo("ENV-CONFLICT");
      assertThat(refused.happened()).contains("B=theirs");
      assertThat(file).hasContent("A=1\nB=theirs");
      assertThat(lastOutcome()).isEqualTo(EntryKind.FAILED);
      assertNothingIsLeft();
    }
  }

  @Test
  void aFileThatSomebodyMakesMeanwhileStays() throws Exception {
    Outcome<EnvReceipt> outcome =
        save(
            false,
            at(EnvSteps.PREPARED, () -> Files.writeString(file, "A=theirs\n")),
            EnvWorld.put("A", "2"));
    assertThat(refusal(outcome).code()).isEqualTo("ENV-CONFLICT");
    assertThat(file).hasContent("A=theirs");
    assertNothingIsLeft();
  }

  @Test
  void whatIsWrittenIntoTheReplacedFileIsKept() throws Exception {
    write("A=1\n");
    try (FileChannel editor = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Outcome<EnvReceipt> outcome =
          save(
              false,
              at(
                  EnvSteps.WRITTEN,
                  () -> editor.write(ByteBuffer.wrap("A=theirs\n".getBytes(UTF_8)))),
              EnvWorld.put("A", "2"));
      assertThat(attention(outcome).code()).isEqualTo("ENV-DISPLACED");
    }
    assertThat(file).hasContent("A=2");
    assertThat(versions()).extracting(EnvVersion::reason).containsExactly("displaced", "edit");
    assertThat(content(versions().getFirst())).isEqualTo("A=theirs\n");
    assertThat(lastOutcome()).isEqualTo(EntryKind.ATTENTION);
    assertNothingIsLeft();
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  @Test
  void aModeThatBecameWiderIsPutBackWithTheContent() throws Exception {
    for (boolean inPlace : new boolean[] {true, false}) {
      write("A=1\n");
      Outcome<EnvReceipt> outcome =
          save(
              inPlace,
              at(
                  EnvSteps.WRITTEN,
                  () ->
                      Files.setPosixFilePermissions(
                          file, PosixFilePermissions.fromString("rw-r--r--"))),
              EnvWorld.put("A", "2"));
      assertThat(failure(outcome).code()).isEqualTo("ENV-NOT-AS-WRITTEN");
      assertThat(file).hasContent("A=1");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertNothingIsLeft();
    }
  }

  @Test
  void aNewFileThatCannotBeProvenGoesAgain() throws Exception {
    Outcome<EnvReceipt> outcome =
        save(
            false,
            at(
                EnvSteps.WRITTEN,
                () -> {
                  throw new IOException("the disk is broken");
                }),
            EnvWorld.put("A", "2"));
    assertThat(failure(outcome).happened()).contains("the disk is broken");
    assertThat(file).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void othersWhoWriteAfterTheWriteAreLeftAlone() throws Exception {
    write("A=1\n");
    Outcome<EnvReceipt> outcome =
        save(
            false,
            at(EnvSteps.WRITTEN, () -> Files.writeString(file, "C=theirs\n")),
            EnvWorld.put("A", "2"));
    assertThat(attention(outcome).code()).isEqualTo("ENV-LEFT");
    assertThat(result(outcome)).isEqualTo(EnvReceipt.Result.NOT_SAVED);
    assertThat(file).hasContent("C=theirs");
    assertThat(content(versions().getFirst())).isEqualTo("A=1\n");
    assertNothingIsLeft();
  }

  /** Leaves what a kill leaves behind the record. */
  private void cutOff(String old, String fresh) throws Exception {
    String id = journal().begin(EnvEditing.ACTION, "demo", Map.of("file", file.toString())).id();
    byte[] before = old.getBytes(UTF_8);
    byte[] after = fresh.getBytes(UTF_8);
    new EnvStore(home)
        .create(
            new EnvRecord(
                id,
                "demo",
                file,
                true,
                EnvFile.hash(before),
                EnvFile.hash(after),
                true,
                "edit",
                List.of("A")),
            before,
            after);
  }

  @Test
  void aMixtureThatMayBeAnEditIsPutBackAndKept() throws Exception {
    cutOff("A=1\nB=1\n", "A=2\nB=2\n");
    write("A=2\nB=1\n");
    assertThat(recovered()).containsExactly(EnvRecovery.Ended.PUT_BACK);
    assertThat(file).hasContent("A=1\nB=1");
    assertThat(versions()).hasSize(1);
    assertThat(content(versions().getFirst())).isEqualTo("A=2\nB=1\n");
    assertNothingIsLeft();
  }

  @Test
  void whatNoCutOffWriteLeavesIsSomebodysEdit() throws Exception {
    for (String edited : List.of("A=2\nB=1\nC=2\nD=1\n", "", "A=1\n")) {
      cutOff("A=1\nB=1\nC=1\nD=1\n", "A=2\nB=2\nC=2\nD=2\n");
      write(edited);
      assertThat(recovered()).as(edited).containsExactly(EnvRecovery.Ended.LEFT);
      assertThat(Files.readString(file)).isEqualTo(edited);
      assertNothingIsLeft();
    }
  }

  @Test
  void aFileThatIsGoneOrNoneAnyMoreIsLeftAndItsCopiesAreDestroyed() throws Exception {
    List<Act> ways =
        List.of(
            () -> Files.delete(file.getParent()),
            () -> {
              Files.deleteIfExists(file.getParent());
              Files.writeString(file.getParent(), "");
            },
            () -> {
              Files.deleteIfExists(file.getParent());
              Files.createDirectories(file);
            },
            () -> {
              Files.delete(file);
              Files.write(file, new byte[3 * 1024 * 1024]);
            });
    for (Act way : ways) {
      cutOff("A=1\n", "A=2\n");
      way.act();
      assertThat(recovered()).containsExactly(EnvRecovery.Ended.LEFT);
      assertThat(new EnvStore(home).begun()).isFalse();
      assertThat(journal().unended(EnvEditing.ACTION)).isEmpty();
    }
    assertThat(versions()).hasSize(ways.size());
  }

  @Test
  void aDamagedRecordOfAnotherFileStopsNoSave() throws Exception {
    write("A=1\n");
    Path damaged = Files.createDirectories(home.state().resolve("env-edits/" + "0".repeat(32)));
    Files.writeString(damaged.resolve("record.json"), "{");
    assertThat(save(false, StepBoundary.none(), EnvWorld.put("A", "2")))
        .isInstanceOf(Outcome.Done.class);
    assertThat(recovered()).containsExactly(EnvRecovery.Ended.STUCK);
  }

  @Test
  void aDamagedVersionAndADamagedKeyStopNoSave() throws Exception {
    write("A=1\n");
    save(false, StepBoundary.none(), EnvWorld.put("A", "2"));
    save(false, StepBoundary.none(), EnvWorld.put("A", "3"));
    save(false, StepBoundary.none(), EnvWorld.put("A", "4"));
    Path own;
    try (Stream<Path> all = Files.list(home.state().resolve("env-history"))) {
      own = all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    Files.writeString(own.resolve("00000001.json"), "{");
    Path second = own.resolve("00000002.json");
    Files.writeString(second, Files.readString(second).replaceAll("\"at\":\"[^\"]*", "\"at\":\"x"));
    Files.writeString(home.state().resolve("env-history/history.key"), "short");

    assertThat(save(false, StepBoundary.none(), EnvWorld.put("A", "5")))
        .isInstanceOf(Outcome.Done.class);
    assertThat(versions()).extracting(EnvVersion::id).containsExactly("00000004", "00000003");
    assertThat(content(versions().getFirst())).isEqualTo("A=4\n");
    assertThat(home.state().resolve("env-history/history.key.damaged")).hasContent("short");
  }

  @Test
  void aSaveAfterAnotherThatWasCutOffAndEditedSinceSaysSo() throws Exception {
    cutOff("A=1\n", "A=2\n");
    write("A=by hand\n");
    Outcome<EnvReceipt> outcome = save(false, StepBoundary.none(), EnvWorld.put("A", "3"));
    assertThat(attention(outcome).code()).isEqualTo("ENV-LEFT");
    assertThat(result(outcome)).isEqualTo(EnvReceipt.Result.SAVED);
    assertThat(file).hasContent("A=3");
    assertThat(versions()).hasSize(2);
  }
}
