package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A content that Compose is to look at never outlives the process that laid it down. */
class CandidateTest {

  private static final byte[] CONTENT = "API_KEY=zzsecret\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Home home;
  private Path candidates;

  @BeforeEach
  void aHome() {
    home = EnvWorld.home(folder.resolve("home"));
    candidates = home.state().resolve("env-candidates");
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(candidates)) {
      return all.toList();
    }
  }

  @Test
  void itIsPrivateAndGoneWhenClosed() throws Exception {
    try (Candidate candidate = Candidate.of(home, CONTENT)) {
      assertThat(candidate).isNotNull();
      assertThat(left()).hasSize(1);
      assertThat(Files.readAllBytes(left().getFirst())).isEqualTo(CONTENT);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(left().getFirst())))
          .isEqualTo("rw-------");
      // Somebody of ours is at it.
      Candidate.clear(home);
      assertThat(left()).hasSize(1);
    }
    assertThat(left()).isEmpty();
    assertThat(Candidate.anyLeft(home)).isFalse();
  }

  /** A number is given to another process sooner or later. */
  @Test
  void whatAKilledPlanLeftIsDestroyedAtTheNextStartThoughItsNumberIsTakenAgain() throws Exception {
    ProcessIdentity us = ProcessIdentity.of(ProcessHandle.current());
    Files.createDirectories(candidates);
    Files.write(candidates.resolve(us.pid() + "-1000-killed"), CONTENT);
    Files.write(candidates.resolve("strange"), CONTENT);
    Journal journal = Journal.open(home, InstantSource.system());

    assertThat(EnvEditing.anyBegun(home, journal)).isTrue();
    assertThat(EnvEditing.recover(home, journal, InstantSource.system())).isEmpty();
    assertThat(left()).isEmpty();
    assertThat(EnvEditing.anyBegun(home, journal)).isFalse();
  }

  @Test
  void theNextPlanDestroysItToo() throws Exception {
    Files.createDirectories(candidates);
    Files.write(candidates.resolve("4194305-1000-killed"), CONTENT);
    try (Candidate candidate = Candidate.of(home, CONTENT)) {
      assertThat(candidate).isNotNull();
      assertThat(left()).hasSize(1);
    }
  }

  @Test
  void itTakesThePlaceOfTheFileThatComposeReadsAndOfNoOther() throws Exception {
    Path env = Files.createFile(folder.resolve(".env")).toRealPath();
    Path more = Files.createFile(folder.resolve("more.env")).toRealPath();
    Path own = Files.createFile(folder.resolve("own.env")).toRealPath();
    ComposeInvocation plain =
        new ComposeInvocation("demo", folder, List.of(), List.of(), List.of("extra"));
    ComposeInvocation named =
        new ComposeInvocation("demo", folder, List.of(), List.of(env, more), List.of());
    assertThat(Candidate.concerns(plain, env)).isTrue();
    assertThat(Candidate.concerns(plain, more)).isFalse();
    assertThat(Candidate.concerns(named, more)).isTrue();
    assertThat(Candidate.concerns(named, own)).isFalse();
    try (Candidate candidate = Candidate.of(home, CONTENT)) {
      Path laid = left().getFirst();
      assertThat(candidate.in(plain, env).envFiles()).containsExactly(laid);
      assertThat(candidate.in(plain, env).profiles()).containsExactly("extra");
      assertThat(candidate.in(named, more).envFiles()).containsExactly(env, laid);
      assertThat(candidate.in(named, own)).isNull();
    }
  }
}
