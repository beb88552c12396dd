package dev.quayside.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void findHome() {
    home = Home.locate(folder.resolve("home"), Map.of(), folder);
  }

  @Test
  void anEmptyJournalIsIntactAndItsHeadIsZeros() throws ProblemException {
    Journal journal = open();
    assertThat(journal.head()).isEqualTo("0".repeat(64));
    assertThat(journal.verify()).isEqualTo(new JournalCheck.Intact(0, "0".repeat(64)));
  }

  @Test
  void anIntentIsInTheFileBeforeItsChangeAndTheOutcomeAfter() throws Exception {
    Journal journal = open();
    Intent intent = journal.begin("restart", "ods", Map.of("service", "litellm"));
    assertThat(lines()).hasSize(1);
    intent.step(Map.of("call", "restart"));
    intent.done(Map.of("state", "healthy"));

    List<JournalEntry> entries = open().entries();
    assertThat(entries)
        .extracting(JournalEntry::kind)
        .containsExactly(EntryKind.INTENT, EntryKind.STEP, EntryKind.DONE);
    assertThat(entries).extracting(JournalEntry::intent).containsOnly(intent.id());
    assertThat(entries.getFirst().details()).containsExactly(Map.entry("service", "litellm"));
    assertThat(entries.getFirst().at()).isEqualTo(NOW);
    assertThat(journal.verify()).isEqualTo(new JournalCheck.Intact(3, entries.getLast().hash()));
    assertThat(journal.head()).isEqualTo(entries.getLast().hash());
  }

  @Test
  void anIntentHasOneOutcome() throws ProblemException {
    Intent intent = open().begin("stop", "ods", Map.of());
    intent.failed(Map.of());
    assertThatThrownBy(() -> intent.done(Map.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> intent.step(Map.of())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theChainIsWhatTheDocumentationSays() throws Exception {
    Journal journal = open();
    journal.begin("a", "b", Map.of());
    journal.begin("c", "d", Map.of());
    List<String> lines = lines();
    String first = lines.get(0).substring(lines.get(0).length() - 66, lines.get(0).length() - 2);
    String body = lines.get(1).replaceFirst(",\"hash\":\"[0-9a-f]{64}\"}$", "}");
    byte[] sum =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest((first + "\n" + body).getBytes(StandardCharsets.UTF_8));
    assertThat(journal.head()).isEqualTo(java.util.HexFormat.of().formatHex(sum));
  }

  @Test
  void hostileTextStaysOnOneLineAndComesBackAsItWas() throws Exception {
    String hostile = "a\nb\r\"\\\u0000\u001b[31m\u2028\",\"hash\":\"" + "0".repeat(64) + "\"}é😀";
    Journal journal = open();
    journal.begin(hostile, hostile, Map.of(hostile, hostile));
    assertThat(lines()).hasSize(1);
    assertThat(journal.verify()).isInstanceOf(JournalCheck.Intact.class);
    JournalEntry entry = journal.entries().getFirst();
    assertThat(entry.subject()).isEqualTo(hostile);
    assertThat(entry.details()).containsEntry(hostile, hostile);
  }

  @Test
  void onlyItsOwnerCanReadIt() throws Exception {
    Journal journal = open();
    journal.begin("a", "b", Map.of());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal.path())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.state())))
        .isEqualTo("rwx------");
  }

  @Test
  void everyFlippedByteIsFoundAtItsEntry() throws Exception {
    Journal journal = open();
    for (int i = 0; i < 3; i++) {
      journal.begin("restart", "ods", Map.of("n", Integer.toString(i)));
    }
    byte[] good = Files.readAllBytes(journal.path());
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(journal.path(), bad);
      JournalCheck check = journal.verify();
      assertThat(check).as("byte %d", i).isInstanceOf(JournalCheck.Broken.class);
      assertThat(((JournalCheck.Broken) check).number())
          .as("byte %d", i)
          .isEqualTo(lineOf(good, i));
    }
    Files.write(journal.path(), good);
    assertThat(journal.verify()).isInstanceOf(JournalCheck.Intact.class);
  }

  @Test
  void aRemovedSwappedOrRepeatedEntryIsFound() throws Exception {
    Journal journal = open();
    for (int i = 0; i < 4; i++) {
      journal.begin("restart", "ods", Map.of("n", Integer.toString(i)));
    }
    List<String> lines = lines();
    write(lines.get(0), lines.get(2), lines.get(3));
    assertThat(journal.verify())
        .isInstanceOfSatisfying(
            JournalCheck.Broken.class, b -> assertThat(b.number()).isEqualTo(2));
    write(lines.get(0), lines.get(2), lines.get(1), lines.get(3));
    assertThat(journal.verify())
        .isInstanceOfSatisfying(
            JournalCheck.Broken.class, b -> assertThat(b.number()).isEqualTo(2));
    write(lines.get(0), lines.get(1), lines.get(1), lines.get(2), lines.get(3));
    assertThat(journal.verify())
        .isInstanceOfSatisfying(
            JournalCheck.Broken.class, b -> assertThat(b.number()).isEqualTo(3));
    write(lines.get(0), lines.get(1), lines.get(2));
    assertThat(journal.verify())
        .isInstanceOfSatisfying(
            JournalCheck.Broken.class, b -> assertThat(b.number()).isEqualTo(4));
  }

  @Test
  void entriesCutOffTheEndStayMissedAfterTheJournalGoesOn() throws Exception {
    Journal journal = open();
    for (int i = 0; i < 4; i++) {
      journal.begin("restart", "ods", Map.of("n", Integer.toString(i)));
    }
    List<String> lines = lines();
    write(lines.get(0), lines.get(1));

    open().begin("stop", "ods", Map.of());

    assertThat(open().verify())
        .isInstanceOfSatisfying(
            JournalCheck.Broken.class, b -> assertThat(b.number()).isEqualTo(3));
  }

  @Test
  void aTornLastRecordIsSetAsideAndRecordedAtEveryLength() throws Exception {
    Journal first = open();
    first.begin("restart", "ods", Map.of("n", "1"));
    byte[] good = Files.readAllBytes(first.path());
    byte[] note = Files.readAllBytes(home.state().resolve("journal.head"));
    first.begin("stop", "ods", Map.of("n", "2"));
    byte[] both = Files.readAllBytes(first.path());
    for (int cut = good.length + 1; cut < both.length; cut++) {
      Files.write(first.path(), Arrays.copyOf(both, cut));
      // A crash inside the write leaves the note where it was.
      Files.write(home.state().resolve("journal.head"), note);

      Journal again = open();

      assertThat(again.verify()).as("cut at %d", cut).isInstanceOf(JournalCheck.Intact.class);
      JournalEntry last = again.entries().getLast();
      assertThat(last.kind()).isEqualTo(EntryKind.NOTE);
      assertThat(last.action()).isEqualTo("torn-record");
      Path kept = home.state().resolve(last.details().get("kept"));
      assertThat(Files.readAllBytes(kept)).isEqualTo(Arrays.copyOfRange(both, good.length, cut));
      Files.delete(kept);
    }
  }

  @Test
  void aTornTailIsMendedByAJournalThatWasOpenAlready() throws Exception {
    Journal journal = open();
    journal.begin("restart", "ods", Map.of());
    Files.write(
        journal.path(),
        "{\"number\":2,".getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);

    journal.begin("stop", "ods", Map.of());

    assertThat(journal.verify()).isInstanceOf(JournalCheck.Intact.class);
    assertThat(journal.entries())
        .extracting(JournalEntry::action)
        .containsExactly("restart", "torn-record", "stop");
  }

  @Test
  void workGoesOnAfterAnUnreadableEntryAndTheCheckStillNamesIt() throws Exception {
    Journal journal = open();
    journal.begin("restart", "ods", Map.of());
    Files.writeString(journal.path(), "garbage\n", StandardOpenOption.APPEND);

    Journal again = open();
    again.begin("stop", "ods", Map.of());

    assertThat(again.entries()).extracting(JournalEntry::action).containsExactly("restart", "stop");
    assertThat(again.read().unreadable()).isEqualTo(1);
    assertThat(again.verify())
        .isInstanceOfSatisfying(
            JournalCheck.Broken.class, b -> assertThat(b.number()).isEqualTo(2));
  }

  @Test
  void fiftyThreadsOverTwoJournalsWriteOneChain() throws Exception {
    List<Journal> journals = List.of(open(), open());
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      List<Callable<Void>> work =
          IntStream.range(0, 50)
              .<Callable<Void>>mapToObj(n ->
                  () -> {
                    for (int i = 0; i < 4; i++) {
                      journals.get(n % 2).begin("t" + n, "i" + i, Map.of());
                    }
                    return null;
                  })
              .toList();
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }
    assertThat(open().verify())
        .isInstanceOfSatisfying(
            JournalCheck.Intact.class, i -> assertThat(i.entries()).isEqualTo(200));
  }

  @Test
  void twoProcessesWriteOneChain() throws Exception {
    Process one = writer("one");
    Process two = writer("two");
    Journal own = open();
    for (int i = 0; i < 50; i++) {
      own.begin("own", Integer.toString(i), Map.of());
    }
    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    assertThat(own.verify())
        .isInstanceOfSatisfying(
            JournalCheck.Intact.class, i -> assertThat(i.entries()).isEqualTo(150));
    for (String who : List.of("own", "one", "two")) {
      assertThat(
              own.entries().stream()
                  .filter(e -> e.action().equals(who))
                  .map(e -> Integer.parseInt(e.subject())))
          .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
    }
  }

  private Process writer(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            JournalWriter.class.getName(),
            folder.resolve("home").toString(),
            name)
        .inheritIO()
        .start();
  }

  private Journal open() throws ProblemException {
    return Journal.open(home, () -> NOW);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(home.state().resolve("journal.jsonl"));
  }

  private void write(String... lines) throws IOException {
    Files.writeString(home.state().resolve("journal.jsonl"), String.join("\n", lines) + "\n");
  }

  private static long lineOf(byte[] bytes, int position) {
    long line = 1;
    for (int i = 0; i < position; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
